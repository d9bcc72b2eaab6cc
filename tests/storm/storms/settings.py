# SPDX-License-Identifier: GPL-2.0-or-later
"""Every setting changes at random, from tiny to huge, and back."""
import random

import scale
from lib import check
from traffic import Traffic

VALUES = {"media-ports": ("10000-32767", "20000-20001", "1024-65535", "30000-30009"),
          "media-source": ("sdp", "any"), "registration-source": ("registrar", "any"),
          "tcp": ("watch", "edit"),
          "call-limit": ("1", "16384"), "registration-limit": ("1", "16384"),
          "pinhole-limit": ("1", "4", "131072"),
          "call-timeout": ("32", "7200", "604800"), "setup-timeout": ("32", "300", "604800"),
          "media-timeout": ("32", "1800", "604800")}


def run(net):
    rng = random.Random(1)
    with Traffic(net) as traffic:
        for _ in scale.rounds():
            keys = rng.sample(sorted(VALUES), rng.randrange(1, 4))
            net.set(*(word for key in keys for word in (key, rng.choice(VALUES[key]))))
        net.set(*(word for key, values in VALUES.items()
                  for word in (key, values[-1] if "limit" in key else values[0])))
        before = traffic.calls
        check.until(lambda: traffic.calls > before + 3, "calls after it", 30)
