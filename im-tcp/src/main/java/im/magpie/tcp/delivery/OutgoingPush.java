package im.magpie.tcp.delivery;

import im.magpie.codec.packet.EncodedPush;

/**
 * A push on its way to any number of connections.
 *
 * @param packet what goes out
 * @param conversationId the conversation of what a device will acknowledge; empty for pushes that nobody acknowledges
 * @param sequence the place in it
 */
public record OutgoingPush(EncodedPush packet, String conversationId, long sequence) {

    boolean acknowledged() {
        return !conversationId.isEmpty();
    }
}
