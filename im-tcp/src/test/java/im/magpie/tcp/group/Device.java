package im.magpie.tcp.group;

import com.google.protobuf.InvalidProtocolBufferException;
import im.magpie.codec.packet.EncodedPush;
import im.magpie.codec.protocol.Command;
import im.magpie.codec.protocol.ConversationPosition;
import im.magpie.codec.protocol.NoticePush;
import im.magpie.common.rpc.SessionRef;
import im.magpie.tcp.connection.Connection;
import im.magpie.tcp.delivery.DeliveryMeters;
import im.magpie.tcp.delivery.DeliverySettings;
import im.magpie.tcp.fixture.ConnectionRates;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A user's connection that is logged in, and what is written to it. */
final class Device {

    final EmbeddedChannel channel = new EmbeddedChannel();
    final Connection connection;

    Device(long id, String userId) {
        connection = Connection.open(
                id,
                channel,
                new DeliverySettings(256, List.of(Duration.ofSeconds(5))),
                new DeliveryMeters(new SimpleMeterRegistry()),
                ConnectionRates.unlimited());
        connection.loggedIn(
                SessionRef.newBuilder().setAppId("app").setUserId(userId).build());
        connection.deliveries().open();
    }

    String userId() {
        return connection.requireSession().getUserId();
    }

    /** Returns the notices that have come since this was asked last. */
    List<List<ConversationPosition>> notices() {
        channel.runPendingTasks();
        var notices = new ArrayList<List<ConversationPosition>>();
        for (EncodedPush packet = channel.readOutbound(); packet != null; packet = channel.readOutbound()) {
            if (packet.command() == Command.NOTICE) {
                notices.add(positions(packet));
            }
        }
        return notices;
    }

    private static List<ConversationPosition> positions(EncodedPush packet) {
        try {
            return NoticePush.parseFrom(packet.bytes()).getPositionsList();
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }
}
