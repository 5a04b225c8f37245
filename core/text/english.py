"""Frequent English words: what tells a Latin word that is English from Russian typed in Latin letters."""

from __future__ import annotations

from typing import Final

_STOP: Final = """
    a about after all also am an and any are as at be because been before being but by can cannot could did
    do does doing dont don't down during each even few for from further get gets got had has have having he
    her here hers herself him himself his how i i'm i've i'll if im in into is isn't it it's its itself just
    let me more most my myself no nor not now of off on once only or other our ours out over own same she
    should so some such than that that's the their theirs them themselves then there these they they're this
    those through to too under until up us very was wasn't we we're were what what's when where which while
    who whom why will with won't would you you're your yours yourself yes yeah ok okay oh well really still
    much many one two
"""
STOP: Final = frozenset(_STOP.split())

_WORDS: Final = """
    able above accept account across act action actor actually add admin again against age ago agree air
    album almost alone along already always amazing american among amount android animal another answer
    anybody anyone anything app apple april area arm army around art ask asked asks august author auto away
    awesome baby back bad ball band bank bar base basic battle be beach bear beat beautiful become bed beer
    begin behind believe best bet better between big bike bill bit black blog blood blue board boat body
    book born boss both bottom box boy boys brain bread break bring bro brother build burn bus business busy
    buy call called calm came camera camp cant car card care case cash cat catch cause center chance change
    channel chat cheap check child children china choice city class clean clear click close club code coffee
    cold color come comes comment comments common company computer contact content control cook cool copy
    cost country couple course cover crazy create cry cup cut cute dad dance dark data date daughter day
    days dead deal dear death december deep design desktop dev die died different dinner dirty doctor dog
    dollar done door double download dream dress drink drive drop drugs dude early earth easy eat edit eight
    else email end ends energy english enjoy enough epic error europe evening event ever every everybody
    everyone everything evil example excellent exit expect eye eyes face facebook fact fail fake fall family
    famous fan fans far fast fat father fault favorite february feel feeling feels feet felt field fight
    file film final finally find fine finger fire first fish five fix flash flat floor fly follow food foot
    football force foreign forever forget form forum forward found four free fresh friday friend friends
    front fuck fucking full fun funny future gain game games garden gas gave gay general gift girl girls
    give given gives glad glass go god goes going gold gone gonna good google gotta government grand great
    green grey group grow guess guitar gun guy guys hair half hall hand hands happen happened happy hard
    hate head health hear heart heavy hell hello help hero hi high hill history hit hold hole holiday holy
    home hope horse hospital hot hotel hour hours house however huge human hundred hungry hurt husband ice
    idea idiot image important inside instagram instead interesting internet iphone island january japan job
    join joke july june keep key kid kids kill kind king kiss knew know known knows lady land language
    laptop large last late later laugh law lead league learn least leave left leg legend less lets letter
    level life light like liked likes line link list listen little live lives lol lmao london long look
    looking looks lord lose lost lot lots loud love loved lovely loves low luck lucky lunch machine mad made
    magic mail main make makes making male man manager map march mark market master match matter may maybe
    meal mean means meat media meet meeting member men message metal middle might mile milk million mind
    mine minute minutes miss mobile model moment monday money monster month months moon morning mother
    mountain mouse mouth move movie movies mr mrs music must name near need needs network never new news
    next nice night nine nobody none normal north nose note nothing notice november number october offer
    office often oil old omg online open option order original others outside page paid pain paint pair
    paper parent parents park part parts party pass password past pay pc peace pen people perfect perhaps
    person phone photo photos pic pick picture pictures pink pizza place plan plane play player please plus
    point police poor pop port post posts pot power present president press pretty price prize pro problem
    problems product profile program project promo proud public pull push put queen question quick quiet
    quite race radio rain ran rate read ready real reason red release remember reply report rest result
    return review rich ride right ring rip rise river road rock roll room round rule run russia russian sad
    safe said sale salt sand sat saturday save saw say saying says scary school score screen sea season seat
    second secret see seem seems seen self sell send sense sent september serious server service set seven
    sex sexy shall shame share ship shirt shit shoes shop short shot show shows sick side sign simple since
    sing singer single sister sit site six size skill skin sky sleep slow small smart smell smile smoke snow
    social soft sold solo some somebody someone something sometimes son song songs soon sorry soul sound
    south space speak special speed spend sport spring stage stand star stars start state stay step steam
    stick stop store story straight strange street strong student study stuff stupid style subscribe such
    suck sucks sugar summer sun sunday super support sure sweet system table take taken takes talent talk
    talking tall tap tax tea teach team tell ten test text thank thanks thats thing things think third
    though thought thousand three thursday thus tick ticket time times tired title today together told
    tomorrow tonight took top total touch town track trade train tree trip trouble true trust truth try
    trying tuesday turn tv twice type ugly ukraine uncle understand until update upon use used user usually
    version video view village visit voice vote wait waiting walk wall wanna want wanted wants war warm wash
    waste watch watching water wave way ways weak wear weather web wednesday week weeks weight welcome went
    west wet whatever white whole whose wife wild win wind window wine wing winner winter wish without woman
    women wonder wonderful won wood word words work worked working works world worry worse worst worth wow
    wrap write writer wrong wtf xd year years yellow yesterday yet york young youtube zero zone pm bot troll
    mod meme memes vibe stream streamer gamer ban hype cringe noob rap hip hop beats remix feat tour vlog
    blogger tiktok telegram twitter discord twitch windows linux mac samsung xiaomi sony nokia huawei adidas
    ebay nike bmw audi ford toyota lada mercedes tesla coca cola pepsi disney marvel netflix spotify
    minecraft dota counter strike fortnite pubg station xbox nintendo switch ram cpu gpu ssd usb wifi vpn
    sms url www http https com net org png jpg gif pdf mp3 mp4 id ip vk vip lux eco bio value random spirit
    module property host hash plot slot beta minimum maximum meta karma lazy delay menu gray risk disk pole
    prime primitive royal opera mini logo kit toy van von tom dash sanity stroke slave ham deny import index
    format context element union scale row mode range raise complex vector argument interval contract extra
    split cast invalid valid convert warranty sort process client performance status units tag literal
    operator pattern frame allow express constant specific scope negative positive prefix custom statistic
    signal protocol static prior grid limit script policy fragment signature cross factory alternative
    factor document reverse directory parallel uniform below clause component font variant structure chart
    formula cell flag active strategy concept platform median segment pad setting absolute curve utility
    icon substitute trace clip fee casting marker export extract agent mass temp audio respect individual
    bug cursor indicator wiki terminal material effect period coordinate figure processing candidate patent
    transfer development role scan vertex developer logic tail separator folder pixel grant topic wide abort
    marks patch abstract latin wire adapter legal flip trigger brute vertical manual monitor creative wise
    minor minus limiter oracle analog central pure controller procedure tile processor tiny proper skeleton
    blank complement suite comma affect hits algebra article finish major medium visa turbo bistro metro
    ozone boiler ginger gross sunny politic advocate elite imperial western tube centre tribune marina rage
    mix mars trek nirvana volvo honda nissan lego pokemon diablo kombat java pin gang gore balance hilton
    dallas boston robert daniel david peter eric paul martin jason mike jane julia mate mane bell mart max
    dice shell crown demon angel dragon wolf tiger lion eagle snake rabbit duck chicken cheese sauce lemon
    orange banana potato tomato salad soup butter honey cake cookie chocolate candy pepper
"""
WORDS: Final = STOP | frozenset(_WORDS.split())
