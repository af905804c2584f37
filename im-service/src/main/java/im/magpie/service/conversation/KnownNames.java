package im.magpie.service.conversation;

import im.magpie.service.conversation.HeadLoader.Reading;
import im.magpie.service.epoch.Partition;
import im.magpie.service.epoch.PartitionScripts;
import im.magpie.service.redis.Script;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;

/** Tells of names whether messages of them were accepted, by the rules by which accept recognizes them. */
final class KnownNames {

    private static final Script KNOWN = Script.ofPartition("conversation", "known");
    private static final List<String> KEYS = List.of("head", "buckets", "mark:");
    private static final int NAME_BYTES = Integer.BYTES + Long.BYTES + MessageKey.HASH_BYTES;

    private final PartitionScripts scripts;
    private final HeadLoader loader;
    private final Store store;

    /** What known.lua says of a name, by its numbers. */
    private enum Answer {
        UNKNOWN,
        KNOWN,
        NEED_LOAD,
        NEED_LOOKUP;

        private static final List<Answer> BY_CODE = List.of(values());
    }

    KnownNames(PartitionScripts scripts, HeadLoader loader, Store store) {
        this.scripts = scripts;
        this.loader = loader;
        this.store = store;
    }

    /** Answers in the order of the names. */
    List<Boolean> known(Partition partition, List<MessageKey> names) {
        var known = new ArrayList<Boolean>(names.size());
        for (var chunk : Chunks.of(names)) {
            known.addAll(stored(chunk, loader.whole(partition, () -> ask(partition, chunk))));
        }
        return known;
    }

    private List<Boolean> stored(List<MessageKey> names, List<Answer> answers) {
        var unsure = new ArrayList<MessageKey>();
        for (var i = 0; i < names.size(); i++) {
            if (answers.get(i) == Answer.NEED_LOOKUP) {
                unsure.add(names.get(i));
            }
        }
        var found = unsure.isEmpty() ? List.<Boolean>of().iterator() : lookUp(unsure);
        return answers.stream()
                .map(answer -> answer == Answer.NEED_LOOKUP ? found.next() : answer == Answer.KNOWN)
                .toList();
    }

    private Iterator<Boolean> lookUp(List<MessageKey> names) {
        return store.lookup(names).stream()
                .map(position -> position.getSequence() > 0)
                .iterator();
    }

    private Reading<List<Answer>> ask(Partition partition, List<MessageKey> names) {
        var conversations = new Directory();
        var packed = ByteBuffer.allocate(names.size() * NAME_BYTES);
        for (var name : names) {
            packed.putInt(conversations.indexOf(name.conversation()))
                    .putLong(name.idTime())
                    .put(name.hash());
        }
        var arguments = new ArrayList<byte[]>(1 + conversations.size());
        arguments.add(packed.array());
        arguments.addAll(conversations.fields());
        var reply = scripts.run(partition, KNOWN, KEYS, arguments);
        var answers = new ArrayList<Answer>(names.size());
        var missing = new LinkedHashSet<ConversationKey>();
        for (var code : reply.values().bytes(1)) {
            var answer = Answer.BY_CODE.get(code);
            if (answer == Answer.NEED_LOAD) {
                missing.add(names.get(answers.size()).conversation());
            }
            answers.add(answer);
        }
        return new Reading<>(reply, missing, answers);
    }
}
