package im.magpie.service.user;

/**
 * A user as the business system has imported it.
 *
 * @param avatar an address, opaque to Magpie; empty when there is none
 * @param disabled can't log in, send, or be sent to
 * @param erased is nobody any more: disabled for ever
 */
public record User(String appId, String userId, String nickname, String avatar, boolean disabled, boolean erased) {}
