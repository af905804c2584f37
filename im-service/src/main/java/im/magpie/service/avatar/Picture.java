package im.magpie.service.avatar;

import com.google.protobuf.ByteString;

/**
 * A motif as it is drawn.
 *
 * @param complete that nothing is missing in it that may be there another time
 */
record Picture(ByteString png, boolean complete) {}
