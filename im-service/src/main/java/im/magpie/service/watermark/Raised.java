package im.magpie.service.watermark;

import im.magpie.service.membership.Member;

/**
 * What a {@link Raise} did.
 *
 * @param now the watermark behind it
 */
record Raised(Member member, boolean deliveredRose, boolean readRose, Watermark now) {}
