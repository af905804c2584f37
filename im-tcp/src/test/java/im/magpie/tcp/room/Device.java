package im.magpie.tcp.room;

import com.google.protobuf.InvalidProtocolBufferException;
import im.magpie.codec.packet.EncodedPush;
import im.magpie.codec.protocol.RoomMessage;
import im.magpie.codec.protocol.RoomPush;
import im.magpie.common.rpc.SessionRef;
import im.magpie.tcp.connection.Connection;
import im.magpie.tcp.delivery.DeliveryMeters;
import im.magpie.tcp.delivery.DeliverySettings;
import im.magpie.tcp.delivery.OutgoingPush;
import im.magpie.tcp.fixture.ConnectionRates;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A user's connection that is logged in, and what is written to it. */
final class Device {

    private static final int WINDOW = 2;

    final EmbeddedChannel channel;
    final Connection connection;

    Device(String userId, Ticker ticker) {
        channel = EmbeddedChannel.builder().ticker(ticker).build();
        connection = Connection.open(
                1,
                channel,
                new DeliverySettings(WINDOW, List.of(Duration.ofHours(5))),
                new DeliveryMeters(new SimpleMeterRegistry()),
                ConnectionRates.unlimited());
        connection.loggedIn(
                SessionRef.newBuilder().setAppId("demo").setUserId(userId).build());
        connection.deliveries().open();
    }

    /** Whether the peer takes what is written. */
    void takes(boolean all) {
        var buffer = channel.unsafe().outboundBuffer();
        if (buffer != null) {
            buffer.setUserDefinedWritability(1, all);
        }
    }

    /** Pushes that the device does not acknowledge. */
    void fillWindow(EncodedPush chat) {
        for (var sequence = 1; sequence <= WINDOW; sequence++) {
            connection.deliveries().push(new OutgoingPush(chat, "private_a_b", sequence));
        }
    }

    /** Returns the packets that have come since this was asked last: of each the messages, by their numbers, or versions of events below 0. */
    List<List<Long>> packets() {
        var packets = new ArrayList<List<Long>>();
        for (EncodedPush packet = channel.readOutbound(); packet != null; packet = channel.readOutbound()) {
            try {
                packets.add(RoomPush.parseFrom(packet.bytes()).getMessagesList().stream()
                        .map(Device::shown)
                        .toList());
            } catch (InvalidProtocolBufferException e) {
                throw new AssertionError(e);
            }
        }
        return packets;
    }

    private static long shown(RoomMessage message) {
        return message.hasEvent() ? -Math.max(1, message.getEvent().getChanged().getVersion()) : message.getNumber();
    }
}
