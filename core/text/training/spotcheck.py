"""The moods of some comments of VK, judged by one of us: a check on the kind of text that is scored in use.

The comments stand in the training texts, so their digests are enough here. Toxic ones are taken from the same
data, but the model that is checked never saw their community.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Final

from core.text.training.corpora import NEGATIVE, NEUTRAL, POSITIVE

EARLIER: Final = {
    "negative": """
        00b288efe3 03f7ce695f 040f09c4bd 0881a35f0a 08f8e8dac1 092e513ba8 19fcb9d64a 226df831dd 2592cba7e1
        2806b6cb6f 2bb31dee40 2fa7429939 302874f648 342cc604e5 39615c7b7c 3a1101f1f4 3d085291b2 419b3e3d42
        422e99a953 4b8c5f29e5 4d97cafbc0 4ef16c0f3c 50e7174fce 532de396f2 53463099c9 555fa227ee 560222460e
        56a1ad13ba 5d818eaad8 5fd73ad53a 625311ef2a 62668d5bd3 63b060b163 68d61c63de 69feff63d7 6ba5b3f192
        6d04b157b3 6e0f20b45f 70f8abe360 71fafdc91b 7264ee4fa5 74dfde7eed 757bca9864 762ad3c11d 76e0cf4eca
        7b232d0bba 7e39bfdc61 81a65e9db5 83f2dacdb5 8da00bde9b 8f8a1a435d 92b211f077 937777ad46 99143660fe
        9edc774002 9efb46e84c a91e544bad a9252b62a2 ac00183f43 aea2210eda b8697c92a8 ba017ae00c ba24e682eb
        ba8c3d9b79 bafe236c04 bb3f9b3e72 bb47729dfd bcbf52a0cc bf5dbee312 c2356aaa08 c285ea997c c2d0771bb1
        d7b0d2cbe4 da6160fe83 daeec16f44 de815161e4 e788de4a26 eb5a43fae7 eec6a34c7d f3dae4721f f5c0827126
        fa92273f78 fc3e6ef616
    """,
    "neutral": """
        01b9cd0282 02ff42abda 0326c0d452 065af94b47 078b778f6f 08b242faf1 098a5b2455 09b0f43c9a 0cffe70c9a
        0d74e6e5a2 0f624340b5 1363f29429 164825fb0b 1e1cc6acda 200d9b4a74 23c09e33c4 23c454e2b5 28091ae21e
        2968a3bfae 34be9f1c09 36a6de7b4f 3ead8d7461 4712a88b3d 4fa4b4eaa1 568cfbf059 5b421d5748 5c8ab1d9b9
        5ce3d6cd09 61205e91dc 6e0c78c933 739b6d7f40 7cf470b167 850ed6ec80 86684b3ea6 883fff3d59 8afa82d7a6
        8c5ad0497d 8f06134bf9 91d719b90c 920f7c41b9 99eb3a2f8a 9daef9929a a222ea1f30 a7cfc95e57 a8337ef5b5
        ab29736940 acd9ae590f ad810da0e1 ae4c8c4b74 b2a9c32416 b5966f1cfc b7fd36e2e9 b8cd89eb5a b9549b7e10
        bb88823ea4 bfa4557f7c c6edfe65e8 c9379ed85a d6f8021263 d8e31ea6b6 da87f23df5 e04c29ce72 ec58b28508
        ed266d2877 eeaf14f851 f2c64c6a10 f4e0759321
    """,
    "positive": """
        458b4a60a7 568f621c4f 67c8f53490 6935acef4d 7929dc9470 b64c677e85 ba9e9d3590 c239ae0f53 dd79a494be
        f828f86d9c
    """,
}
"""Judged before the word lists were revised: figures on these flatter."""

LATER: Final = {
    "negative": """
        0143a168d9 026f2e3ffa 0359b0dfec 06bff4a83f 0763b8a392 0d91578a6a 12a3c470cf 16bef8d6ea 16ea2e9519
        1c2c14c10f 1cf068ce6c 1f0ce8ec2b 1fbfac59b1 2592703a49 26c45a0f86 2f84dfef4f 35e1512c93 3a7774dc7c
        3b8603d2b9 3c872f9273 4275dfeec9 444af49efd 458448088f 48f3b440f6 4b01d0f1ab 5577c4d973 593986c11a
        5c5e3898c0 5f85feb4e3 6029781242 62ad96f558 62f7b75940 65aeb9b177 6a31fdca68 6cce1fc76a 721fd4978a
        73e5932daf 761ec08d6c 766d9d1654 76b5e12491 7859d01647 78bbf1c208 7928e98f9c 7d84f84402 7dee2c3018
        83a01b3eed 83fafae84a 8d2633a20d 8ea400badb 8fca38adaa 9320d97b20 93aee4aa91 95d2142af5 97194c6078
        97f5b027f9 9814e1180c a15adfa7bf a3da91ce43 a6ef04ef5f ab87cc0bd4 afcca2f8bf b253125f69 b35ffbf121
        b3dd4497fe b5a5aac44b b8ab650e23 b92b9d7014 b992402409 ba4ef0dc21 c68e89070c ca36aa268d caac45791b
        d308b3da94 d603103143 d6fe547cea db6ba68536 e0dd98edac e7d20facc6 e84db6c0ca eb45959767 f0bd65731a
        f1e7a7828f fbc56833b1 fc5123bcd6
    """,
    "neutral": """
        01a6b795e9 056de35211 05aeb0739c 06a8d447f2 0aaee69fb9 1f99be1714 20bc5cd4c9 2113417438 25f4376083
        26b0d611df 2ebc6a052f 346d3f2cef 3888bd4f97 3ce9fedd50 45e856bb53 4849c14a0f 487a09ec67 4e8a368850
        5428126295 577347047e 5eea8de05f 5f420e7931 5fc1c9d4b6 6826e23b44 6f447c83f2 6fdbb381a8 74242b7a57
        742becdd22 775a6bb7f4 7adb3c08bf 83b59ed0f9 86ea72bebc 8fdd60e8d4 90d1ebc16f 9163bc5085 92c4cda559
        9d2db8ef85 9f74c63fcd a3bd799b86 a44726047d b8bcd6f7b3 b9bfc3dce5 be9fe17da5 c0cae5bc77 c2a22e492a
        c2ed0c752c c4b6f4fe1b ceb59bdc88 cef2e1c4cd d053a8c7f9 d1273303b9 d6eac14a6f d6f4c2a7ac de0d949807
        e150ac10e7 e4cd2a7c9b e9344f2a3b e9e09bb7dd f349f858a8 f36d05d8d0 f4c929f7ff f96ff40a2d
    """,
    "positive": """
        03f4548595 8cdba987f7 94c5e7a455 bd43056559
    """,
}
"""Judged after the recipe was settled, without sight of what the model says."""


def digest(key: str) -> str:
    """Return the digest that a comment is known by here."""
    return hashlib.blake2b(key.encode("utf-8"), digest_size=5).hexdigest()


def labels(judged: Mapping[str, str]) -> dict[str, int]:
    """Return the mood of each digest."""
    codes = {"negative": NEGATIVE, "neutral": NEUTRAL, "positive": POSITIVE}
    return {each: codes[name] for name, digests in judged.items() for each in digests.split()}
