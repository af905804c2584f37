package im.magpie.service.conversation;

/** What a settle step did to a conversation's confirmed position. */
public enum Confirmation {
    /** The position moved over this message. */
    CONFIRMED,
    /** It had moved over it before. */
    ALREADY,
    /** A message below is not confirmed yet: try again. */
    NOT_YET
}
