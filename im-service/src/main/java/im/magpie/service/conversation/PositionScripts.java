package im.magpie.service.conversation;

import im.magpie.service.epoch.Partition;
import im.magpie.service.epoch.PartitionScripts;
import im.magpie.service.redis.Script;
import im.magpie.service.redis.ScriptReply;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** The scripts that are told about messages by their positions: confirm, finish, settled, committed. */
final class PositionScripts {

    private static final Script CONFIRM = Script.ofPartition("conversation", "confirm");
    private static final Script FINISH = Script.ofPartition("conversation", "finish");
    private static final Script SETTLED = Script.ofPartition("conversation", "settled");
    private static final Script COMMITTED = Script.ofPartition("conversation", "committed");
    private static final List<Confirmation> CONFIRMATIONS =
            List.of(Confirmation.CONFIRMED, Confirmation.ALREADY, Confirmation.NOT_YET);
    private static final int POSITION_BYTES = 20;

    private final PartitionScripts scripts;

    PositionScripts(PartitionScripts scripts) {
        this.scripts = scripts;
    }

    /** The script goes through a conversation's positions from below, whatever order they were given in. */
    List<Confirmation> confirm(Partition partition, long epoch, List<Position> positions) {
        var order = IntStream.range(0, positions.size())
                .boxed()
                .sorted(Comparator.comparingLong(i -> positions.get(i).sequence()))
                .toList();
        var results = new Confirmation[positions.size()];
        for (var chunk : Chunks.of(order)) {
            var ordered = chunk.stream().map(positions::get).toList();
            var answers =
                    run(CONFIRM, List.of("head"), partition, epoch, ordered).bytes(0);
            for (var i = 0; i < answers.length; i++) {
                results[chunk.get(i)] = CONFIRMATIONS.get(answers[i]);
            }
        }
        return List.of(results);
    }

    void finish(Partition partition, long epoch, List<Position> positions) {
        chunked(
                positions,
                chunk -> run(FINISH, List.of("head", "body", "pending", "uncommitted"), partition, epoch, chunk));
    }

    List<Boolean> settled(Partition partition, long epoch, List<Position> positions) {
        var results = new ArrayList<Boolean>(positions.size());
        chunked(positions, chunk -> {
            for (var answer : run(SETTLED, List.of("head", "pending"), partition, epoch, chunk)
                    .bytes(0)) {
                results.add(answer == 1);
            }
        });
        return results;
    }

    void committed(Partition partition, long epoch, List<Position> positions) {
        chunked(
                positions,
                chunk -> run(
                        COMMITTED,
                        List.of("head", "body", "pending", "uncommitted", "buckets", "changes"),
                        partition,
                        epoch,
                        chunk));
    }

    private static void chunked(List<Position> positions, Consumer<List<Position>> call) {
        Chunks.of(positions).forEach(call);
    }

    private ScriptReply run(
            Script script, List<String> keys, Partition partition, long epoch, List<Position> positions) {
        var conversations = new Directory();
        var packed = ByteBuffer.allocate(positions.size() * POSITION_BYTES);
        for (var position : positions) {
            packed.putInt(conversations.indexOf(position.conversation()))
                    .putLong(position.sequence())
                    .putLong(position.ordinal());
        }
        var arguments = new ArrayList<byte[]>(1 + conversations.size());
        arguments.add(packed.array());
        arguments.addAll(conversations.fields());
        return scripts.runIn(partition, epoch, script, keys, arguments);
    }
}
