"""What the analyses of `core.analysis.attention` are called, and what they say beside their figures."""

PHRASES: dict[str, tuple[str, str]] = {
    "analysis.bursts.title": ("Bursts of comments", "Всплески комментариев"),
    "note.burst_hour_of_week": (
        "The usual number is that of the same hour of the week in the weeks around.",
        "Обычное число комментариев взято по тому же часу недели в соседних неделях.",
    ),
    "note.burst_hour_of_day": (
        "Fewer than four weeks are covered: the usual number is that of the same hour of the day.",
        "Данные охватывают меньше четырёх недель: обычное число взято по тому же часу суток.",
    ),
    "note.burst_day_of_week": (
        "The usual number is that of the same day of the week in the weeks around.",
        "Обычное число комментариев взято по тому же дню недели в соседних неделях.",
    ),
    "note.burst_all_periods": (
        "The time covered is short: the usual number is that of all its periods together.",
        "Данные охватывают короткое время: обычное число взято по всем периодам вместе.",
    ),
    "note.burst_chance": (
        (
            "At most about {number} bursts are expected by chance where comments come independently of "
            "each other. Comments that draw comments give more."
        ),
        (
            "Если бы комментарии появлялись независимо друг от друга, случайных всплесков было бы не "
            "больше примерно {number}. Когда комментарии вызывают новые комментарии, их больше."
        ),
    ),
    "note.burst_too_short": (
        "Too few to say: the comments cover {periods} periods, {least} are needed.",
        "Данных слишком мало: периодов {periods}, нужно не меньше {least}.",
    ),
    "analysis.first_comments.title": ("Time to the first comment", "Время до первого комментария"),
    "analysis.decay.title": ("How comments fade after a post", "Как затихает обсуждение"),
    "analysis.half_lives.title": ("Half-life of posts", "Период полузатухания обсуждений"),
    "note.first_of_query": (
        "Posts without comments have no first one and are not here. It is the first one of this selection.",
        "Записей без комментариев здесь нет. Учтён первый комментарий этой выборки.",
    ),
    "note.posts_few": (
        "Too few to say: {posts} posts, {least} are needed for medians and shares.",
        "Данных слишком мало: записей {posts}, для медиан и долей нужно не меньше {least}.",
    ),
    "note.posts_too_young": (
        "{posts} posts were not looked at for {hours} hours after publication; they are left out.",
        "Записей, за которыми наблюдали меньше {hours} ч после выхода: {posts}; здесь они не учтены.",
    ),
    "note.decay_few": (
        "Too few to say: {comments} comments of {posts} posts; {least} of {least_posts} are needed.",
        "Данных слишком мало: комментариев {comments}, записей {posts}; нужно {least} и {least_posts}.",
    ),
    "note.half_life_posts": (
        "Too few to say for posts with fewer than {least} comments in {hours} hours or not seen so long.",
        "Данных слишком мало, если за {hours} ч комментариев меньше {least} или наблюдали меньше.",
    ),
    "analysis.engagement.title": ("Likes, replies and engagement", "Лайки, ответы и вовлечённость"),
    "analysis.engagement_by_source.title": ("Engagement by source", "Вовлечённость по источникам"),
    "note.engagement_views": (
        "Rates are by views, where these are known: the number of followers is not collected.",
        "Вовлечённость посчитана от просмотров, где они известны: число подписчиков не собирается.",
    ),
    "note.engagement_these_posts": (
        "With {posts} posts the intervals are about these posts only, not about others like them.",
        "Записей всего {posts}, поэтому интервалы относятся только к ним, а не к другим таким же.",
    ),
    "note.engagement_few": (
        "Some figures are missing: too few to say below {least} comments or posts, or {clusters} authors.",
        (
            "Части показателей нет: данных слишком мало, если комментариев или записей меньше {least} "
            "или авторов меньше {clusters}."
        ),
    ),
    "analysis.newcomers.title": ("Newcomers and regulars", "Новые и постоянные авторы"),
    "analysis.author_activity.title": ("What the most active authors do", "Что делают самые активные авторы"),
    "note.newcomers_since": (
        (
            "New means: not seen before in the whole dataset; at its beginning everybody is new. "
            "A regular wrote in {weeks} or more different weeks."
        ),
        (
            "Новым считается автор, которого раньше не было во всём наборе данных; в начале данных новые "
            "все. Постоянный автор писал не меньше чем в {weeks} разных неделях."
        ),
    ),
    "analysis.threads.title": ("Threads", "Ветки обсуждений"),
    "analyze.threads": ("rebuilding the threads", "восстанавливаем ветки"),
    "note.threads_of_query": (
        "Threads are made of the comments of this selection: what it leaves out makes them smaller.",
        "Ветки собраны из комментариев этой выборки: всё, что в неё не вошло, делает их меньше.",
    ),
    "note.threads_circular": (
        "{comments} comments answer each other in a circle; they are left out of depth and width.",
        "Комментариев, которые отвечают друг другу по кругу: {comments}; в глубине и ширине они не учтены.",
    ),
    "note.threads_few": (
        "Too few to say how threads usually are: {threads} threads; {least} of {sources} sources are needed.",
        (
            "Данных слишком мало, чтобы судить о ветках в целом: веток {threads}, нужно не меньше {least} "
            "из {sources} источников."
        ),
    ),
    "analysis.changes.title": ("Edited and deleted comments", "Изменённые и удалённые комментарии"),
    "note.changes_noticed": (
        "A change counts when it was noticed, maybe long after it was made; some are never noticed.",
        "Изменение учитывается, когда его заметили, иногда намного позже; часть не замечают вовсе.",
    ),
    "note.changes_seen_once": (
        "{comments} comments were seen only once: what became of them since is not known.",
        "Комментариев, которые видели только один раз: {comments}; что с ними стало потом, неизвестно.",
    ),
    "note.changes_few": (
        (
            "Some shares are missing: too few to say below {least} comments that were looked at "
            "again or {clusters} authors (by topic or period: sources)."
        ),
        (
            "Части долей нет: данных слишком мало, если проверенных повторно комментариев меньше {least} "
            "или авторов (по темам и периодам: источников) меньше {clusters}."
        ),
    ),
}
