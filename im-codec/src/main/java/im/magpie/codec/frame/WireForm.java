package im.magpie.codec.frame;

/** The form in which a connection is answered. */
public enum WireForm {
    /** Frames with protobuf bodies. */
    PROTOBUF,
    /** Frames with JSON bodies. */
    JSON,
    /** JSON packets in WebSocket text messages, without frames. */
    TEXT
}
