"""What the analyses of `core.analysis.replies` are called, and what they say beside their figures."""

PHRASES: dict[str, tuple[str, str]] = {
    "analysis.reply_network.title": ("Who answers whom", "Кто кому отвечает"),
    "analysis.reply_links.title": ("Links of the reply network", "Связи в сети ответов"),
    "analysis.reply_pairs.title": ("Who talks with whom most", "Кто с кем говорит чаще всего"),
    "analysis.reply_communities.title": (
        "Replies between communities",
        "Ответы между кругами общения",
    ),
    "analyze.replies_drawing": (
        "finding communities and drawing the network",
        "ищем круги общения и рисуем сеть",
    ),
    "analyze.replies_communities": ("finding communities", "ищем круги общения"),
    "analyze.replies_naming": ("gathering names and sentiment", "собираем имена и тональность"),
    "note.replies_none": (
        "Nobody answers anybody else here, as far as these comments tell.",
        "Судя по этим комментариям, здесь никто никому не отвечает.",
    ),
    "note.replies_evidence": (
        (
            "Whom replies answer is known by the comment they answer ({by_comment}), by the user VK names "
            "({by_user}), by a mention in the text ({by_mention}), or only by the root of their thread "
            "({by_thread}); the last two are less sure."
        ),
        (
            "Кому адресованы ответы, известно по комментарию, на который отвечают ({by_comment}), по "
            "пользователю, которого называет ВК ({by_user}), по упоминанию в тексте ({by_mention}) или "
            "только по началу ветки ({by_thread}); последние два способа менее надёжны."
        ),
    ),
    "note.replies_left_out": (
        "Left out: replies to oneself ({self_replies}), replies of or to somebody unknown ({unknown}).",
        (
            "Не учтены ответы самому себе ({self_replies}) и ответы, автор или адресат которых неизвестен "
            "({unknown})."
        ),
    ),
    "note.replies_at_top": (
        (
            "Counted too: top-level comments that name whom they answer ({at_top}). The filter of replies "
            "and the Overview do not count these."
        ),
        (
            "Учтены и комментарии вне веток, в которых назван адресат ({at_top}): фильтр ответов и "
            "«Обзор» их ответами не считают."
        ),
    ),
    "note.replies_not_drawn": (
        (
            "Drawn: {drawn_nodes} of {nodes} authors and {drawn_edges} of {edges} links, those that stand "
            "out first, then the strongest. The figures are those of the whole network."
        ),
        (
            "Нарисовано авторов: {drawn_nodes} из {nodes}, связей: {drawn_edges} из {edges}. Сначала те, что "
            "выделяются, потом самые сильные. Показатели относятся ко всей сети."
        ),
    ),
    "note.replies_unsteady": (
        "The communities are not steady: runs agree by {stability} (1 is full agreement, 0 is chance).",
        "Круги общения неустойчивы: согласие расчётов {stability} (1 значит полное, 0 случайное).",
    ),
    "note.replies_by_chance": (
        (
            "The communities are no clearer ({modularity}) than in the same replies dealt out at random "
            "({chance})."
        ),
        (
            "Круги общения выражены не сильнее ({modularity}), чем в тех же ответах, розданных случайно "
            "({chance})."
        ),
    ),
    "note.replies_rest": (
        (
            "The {named} largest of {communities} communities stand apart; the other authors ({rest}) are "
            "together in one row and one column."
        ),
        (
            "Отдельно показаны самые большие круги: {named} из {communities}; остальные авторы ({rest}) "
            "собраны в одну строку и один столбец."
        ),
    ),
    "note.replies_mood_few": (
        (
            "An empty cell of sentiment: too few to say; {least} judged replies from {clusters} clusters "
            "(authors or threads, see the method) are needed."
        ),
        (
            "Где тональность не названа, данных слишком мало: нужно не меньше {least} оценённых ответов "
            "из {clusters} групп (авторов или веток, см. метод)."
        ),
    ),
    "analyses.replies": ("{n} between authors", "{n} между авторами"),
    "analyses.web.rest": ("smaller groups", "группы поменьше"),
    "analyses.web.group": ("group {number}", "группа {number}"),
    "export.format.graphml": ("GraphML", "GraphML"),
    "export.format.gexf": ("GEXF", "GEXF"),
    "export.about.graphml": (
        "Who answers whom, as a network for Cytoscape, yEd, networkx and R: authors and their links.",
        "Кто кому отвечает: сеть авторов и связей в общем формате программ для работы с сетями.",
    ),
    "export.about.gexf": (
        "Who answers whom, as a network for Gephi: authors and their links.",
        "Кто кому отвечает: сеть авторов и связей для программ, которые рисуют сети.",
    ),
    "export.graph.rows": (
        "The file will hold who answers whom in {rows}: those that the filters let through.",
        "В файле будет сеть: кто кому отвечает. Её основа {rows}, всё, что пропускают фильтры.",
    ),
    "export.graph.download": ("Download {format}", "Скачать {format}"),
}
