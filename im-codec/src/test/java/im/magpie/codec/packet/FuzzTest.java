package im.magpie.codec.packet;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.codec.Chunks;
import im.magpie.codec.LeakCheck;
import im.magpie.codec.TestChannel;
import im.magpie.codec.frame.FrameLimits;
import im.magpie.codec.frame.MalformedFrameException;
import im.magpie.codec.frame.Wire;
import im.magpie.codec.frame.WireForm;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FuzzTest {

    private static final List<Request> REQUESTS = Samples.requests().toList();

    @RegisterExtension
    final LeakCheck memory = new LeakCheck();

    private final Chunks chunks = new Chunks();

    @Test
    void packetsOfAllFormsComeOutOfAnyPieces() {
        try (var protobuf = client(WireForm.PROTOBUF, false);
                var compressed = client(WireForm.PROTOBUF, true);
                var json = client(WireForm.JSON, false);
                var server = server()) {
            var clients = List.of(protobuf, compressed, json);
            for (var round = 0; round < 50; round++) {
                var bytes = new ByteArrayOutputStream();
                var expected = new ArrayList<Object>();
                for (var count = 0; count < 20; count++) {
                    var request = any();
                    bytes.writeBytes(
                            clients.get(chunks.random().nextInt(clients.size())).bytes(request));
                    expected.add(request);
                }
                chunks.of(bytes.toByteArray(), 2_000).forEach(server::read);
                assertThat(server.all()).as("%s, round %d", chunks, round).isEqualTo(expected);
            }
        }
    }

    @Test
    void damagedFramesAreTakenOrRefusedAndNothingElse() {
        for (var round = 0; round < 1_500; round++) {
            try (var client = client(round % 2 == 0 ? WireForm.PROTOBUF : WireForm.JSON, round % 3 == 0);
                    var server = server()) {
                var bytes = client.bytes(any());
                for (var damage = chunks.random().nextInt(1, 4); damage > 0; damage--) {
                    bytes[chunks.random().nextInt(bytes.length)] ^=
                            (byte) (1 << chunks.random().nextInt(8));
                }
                readAtMostOnceMalformed(server, bytes);
            }
        }
    }

    private void readAtMostOnceMalformed(TestChannel server, byte[] bytes) {
        var complaints = 0;
        for (var piece : chunks.of(bytes, bytes.length)) {
            try {
                server.read(piece);
            } catch (MalformedFrameException _) {
                complaints++;
            } catch (RuntimeException e) {
                throw new AssertionError(chunks.toString(), e);
            }
        }
        assertThat(complaints).as("complaints, %s", chunks).isLessThanOrEqualTo(1);
        // Both may be: a length that has become shorter leaves a frame, and bytes behind it that are none.
        assertThat(server.all()).as("packets, %s", chunks).hasSizeLessThanOrEqualTo(1);
    }

    private Request any() {
        return REQUESTS.get(chunks.random().nextInt(REQUESTS.size()));
    }

    private TestChannel client(WireForm form, boolean compressing) {
        return TestChannel.client(memory.allocator(), Wire.ofClient(FrameLimits.DEFAULT, form, compressing));
    }

    private TestChannel server() {
        return TestChannel.server(memory.allocator(), Wire.ofServer(FrameLimits.constant(1024 * 1024)));
    }
}
