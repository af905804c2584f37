package im.magpie.service.watermark;

import im.magpie.service.membership.Member;

/** Asks that a member's watermark be at least this; a part that is lower than what is known changes nothing. */
record Raise(Member member, Watermark to) {}
