package im.magpie.service.avatar;

import im.magpie.service.membership.GroupKey;
import java.util.ArrayList;
import java.util.List;

/** Says whom the picture of a group shows. Blocks; safe for use by many threads. */
final class Motifs {

    private final FaceMapper members;
    private final AvatarSources sources;

    Motifs(FaceMapper members, AvatarSources sources) {
        this.members = members;
        this.sources = sources;
    }

    /** Returns the owner and those who came first, in this order; for a group of nobody, the group itself. */
    Motif of(GroupKey group, String ownerId, int side) {
        var rows = new ArrayList<>(members.first(group, Motif.MOST));
        var owner = rows.stream()
                .filter(row -> row.userId().equals(ownerId))
                .findFirst()
                .orElseGet(() -> members.find(group, ownerId));
        if (owner != null) {
            rows.remove(owner);
            rows.addFirst(owner);
        }
        var faces = rows.stream().limit(Motif.MOST).map(this::face).toList();
        return new Motif(group, faces.isEmpty() ? List.of(new Face(group.groupId(), null)) : faces, side);
    }

    private Face face(FaceMapper.Row row) {
        return new Face(row.userId(), sources.find(row.avatar()).orElse(null));
    }
}
