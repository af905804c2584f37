package im.magpie.client.testing;

import im.magpie.codec.content.Contents;
import im.magpie.codec.protocol.ChatMessage;
import im.magpie.codec.protocol.Reaction;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What a server makes of a timeline's entries for a reader. */
final class MadeChanges {

    /** Returns an entry as the later ones have left it. */
    static ChatMessage of(ChatMessage entry, List<ChatMessage> timeline, String reader) {
        var current = entry.toBuilder().setContent(Contents.asRead(entry.getContent()));
        Map<String, Set<String>> users = new TreeMap<>();
        for (var change : timeline) {
            var content = change.getContent();
            if (Contents.target(content) == entry.getSequence()) {
                current.setChangedSequence(change.getSequence());
                if (content.hasRecall()) {
                    current.setRecalled(true);
                } else if (content.hasEdit()) {
                    current.setContent(content.getEdit().getContent()).setEditSequence(change.getSequence());
                } else if (content.getReaction().getRemoved()) {
                    users.getOrDefault(content.getReaction().getEmoji(), new HashSet<>())
                            .remove(change.getSenderId());
                } else {
                    users.computeIfAbsent(content.getReaction().getEmoji(), _ -> new HashSet<>())
                            .add(change.getSenderId());
                }
            }
        }
        if (current.getRecalled()) {
            return current.clearContent().build();
        }
        users.forEach((emoji, those) -> {
            if (!those.isEmpty()) {
                current.addReactions(Reaction.newBuilder()
                        .setEmoji(emoji)
                        .setCount(those.size())
                        .setMine(those.contains(reader)));
            }
        });
        return current.build();
    }

    private MadeChanges() {}
}
