package im.magpie.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import im.magpie.client.testing.Await;
import im.magpie.client.testing.Ears;
import im.magpie.client.testing.FakeGateway;
import im.magpie.client.testing.TestClients;
import im.magpie.codec.packet.Push;
import im.magpie.codec.packet.Reply;
import im.magpie.codec.packet.Request;
import im.magpie.codec.protocol.ClientType;
import im.magpie.codec.protocol.DeviceEntry;
import im.magpie.codec.protocol.DevicesReply;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.KickReason;
import im.magpie.codec.protocol.Kicked;
import im.magpie.codec.protocol.ReadReply;
import im.magpie.codec.protocol.SignOutReply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DevicesTest {

    private static final DeviceEntry PHONE = DeviceEntry.newBuilder()
            .setClientType(ClientType.ANDROID)
            .setDeviceId("phone")
            .setLastActiveTime(1_750_000_000_000L)
            .build();

    private final FakeGateway gateway = new FakeGateway();
    private final Ears ears = new Ears();
    private final MagpieClient client = MagpieClient.start(TestClients.alice(gateway, ears));

    @AfterEach
    void close() {
        client.close();
        gateway.close();
    }

    @Test
    void asksForTheList() {
        var connection = gateway.accept();
        connection.welcome();
        Await.value(client.ready());

        var devices = client.devices();
        var request = connection.next(Request.Devices.class);
        connection.write(new Reply.DevicesOk(
                request.requestId(), DevicesReply.newBuilder().addDevices(PHONE).build()));

        assertThat(Await.value(devices)).containsExactly(PHONE);
    }

    @Test
    void asksForASignOut() {
        var connection = gateway.accept();
        connection.welcome();
        Await.value(client.ready());

        var done = client.signOut(ClientType.ANDROID, "phone");
        var request = connection.next(Request.SignOut.class);
        assertThat(request.body().getClientType()).isEqualTo(ClientType.ANDROID);
        assertThat(request.body().getDeviceId()).isEqualTo("phone");
        connection.write(new Reply.SignOutOk(request.requestId(), SignOutReply.getDefaultInstance()));

        Await.value(done.thenApply(_ -> true));
    }

    @Test
    void tellsWhatIsRefused() {
        var connection = gateway.accept();
        connection.welcome();
        Await.value(client.ready());

        var done = client.signOut(ClientType.LINUX, "alice-shell");
        connection.refuse(connection.next(Request.SignOut.class), ErrorCode.INVALID_REQUEST);
        var devices = client.devices();
        connection.write(
                new Reply.ReadOk(connection.next(Request.Devices.class).requestId(), ReadReply.getDefaultInstance()));

        assertThat(codeOf(Await.failure(done))).isEqualTo(ErrorCode.INVALID_REQUEST);
        assertThat(codeOf(Await.failure(devices))).isEqualTo(ErrorCode.INTERNAL);
    }

    @Test
    void thereIsNoAnswerWithoutAConnection() {
        gateway.accept();

        assertThat(codeOf(Await.failure(client.devices()))).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(codeOf(Await.failure(client.signOut(ClientType.ANDROID, "phone"))))
                .isEqualTo(ErrorCode.UNAVAILABLE);
    }

    @Test
    void aDeviceThatIsSignedOutHearsByWhomAndStaysAway() {
        var connection = gateway.accept();
        connection.welcome();
        var kicked = Kicked.newBuilder()
                .setReason(KickReason.SIGNED_OUT)
                .setByClientType(ClientType.ANDROID)
                .setByDeviceId("phone")
                .build();
        connection.write(new Push.Kicked(kicked));

        assertThat(Await.next(ears.kicks, "the kick")).isEqualTo(kicked);
        assertThat(ears.states).containsExactly(ClientState.ONLINE, ClientState.CLOSED);
    }

    private static ErrorCode codeOf(Throwable failure) {
        return assertThat(failure)
                .asInstanceOf(type(RequestFailedException.class))
                .actual()
                .code();
    }
}
