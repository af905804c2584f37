package im.magpie.service.avatar;

import im.magpie.service.membership.GroupKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a picture shows. Two pictures of one motif look alike.
 *
 * @param faces in order, 1 to {@link #MOST}
 * @param side in pixels
 */
record Motif(GroupKey group, List<Face> faces, int side) {

    static final int MOST = 9;

    /** To be raised whenever motifs are drawn differently. */
    private static final int FORM = 1;

    private static final int TAG_BYTES = 16;

    Motif {
        faces = List.copyOf(faces);
        if (faces.isEmpty() || faces.size() > MOST) {
            throw new IllegalArgumentException("a picture of " + faces.size());
        }
    }

    /** Returns an entity tag. It is a weak one: the same motif need not be the same bytes, once another release has drawn it. */
    String tag() {
        var parts = new ArrayList<>(List.of(FORM + ":" + side, group.appId(), group.groupId()));
        faces.stream().flatMap(face -> Stream.of(face.id(), avatar(face))).forEach(parts::add);
        var bytes = parts.stream()
                .map(part -> part.getBytes(StandardCharsets.UTF_8))
                .toList();
        var all = ByteBuffer.allocate(
                bytes.stream().mapToInt(part -> Integer.BYTES + part.length).sum());
        bytes.forEach(part -> all.putInt(part.length).put(part));
        var digest = Arrays.copyOf(Digests.sha256(all.array()), TAG_BYTES);
        return "W/\"" + Base64.getUrlEncoder().withoutPadding().encodeToString(digest) + "\"";
    }

    /** Returns about how many bytes this takes. */
    int weight() {
        return faces.stream()
                .mapToInt(face -> 200 + face.id().length() + 3 * avatar(face).length())
                .sum();
    }

    private static String avatar(Face face) {
        return face.avatar() == null ? "" : face.avatar().toString();
    }
}
