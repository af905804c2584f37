package im.magpie.service.avatar;

import im.magpie.service.group.VisibleGroups;
import im.magpie.service.membership.GroupKey;
import im.magpie.service.usersig.Caller;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The pictures of groups, for those who may see these. */
@RestController
class AvatarController {

    private static final int SMALLEST = 32;
    private static final int LARGEST = 512;
    private static final CacheControl ASK_AGAIN = CacheControl.noCache().cachePrivate();

    private final VisibleGroups groups;
    private final Motifs motifs;
    private final Gallery gallery;

    AvatarController(VisibleGroups groups, Motifs motifs, Gallery gallery) {
        this.groups = groups;
        this.motifs = motifs;
        this.gallery = gallery;
    }

    @GetMapping("/v1/groups/{groupId}/avatar")
    ResponseEntity<byte[]> get(
            Caller caller,
            @PathVariable String groupId,
            @RequestParam(defaultValue = "256") @Min(SMALLEST) @Max(LARGEST) int size,
            @RequestHeader HttpHeaders headers) {
        var group = groups.require(caller, groupId);
        var own = AvatarSources.parse(group.getAvatarUrl());
        if (own.isPresent()) {
            return ResponseEntity.status(HttpStatus.FOUND)
                    .location(own.get())
                    .cacheControl(ASK_AGAIN)
                    .build();
        }
        var motif = motifs.of(new GroupKey(caller.appId(), groupId), group.getOwnerId(), side(size));
        var tag = motif.tag();
        return has(headers.getIfNoneMatch(), tag)
                ? ResponseEntity.status(HttpStatus.NOT_MODIFIED)
                        .eTag(tag)
                        .cacheControl(ASK_AGAIN)
                        .build()
                : answer(gallery.show(motif), tag);
    }

    /** Who asks for many sizes does not have as many drawn. */
    private static int side(int size) {
        var side = SMALLEST;
        while (side < size) {
            side *= 2;
        }
        return side;
    }

    private static boolean has(List<String> known, String tag) {
        return known.stream().anyMatch(one -> one.equals(tag) || one.equals("*"));
    }

    /** A picture that may be another one soon has no tag by which it could be taken for that. */
    private static ResponseEntity<byte[]> answer(Picture picture, String tag) {
        var answer = ResponseEntity.ok().contentType(MediaType.IMAGE_PNG).header("X-Content-Type-Options", "nosniff");
        answer = picture.complete()
                ? answer.eTag(tag).cacheControl(ASK_AGAIN)
                : answer.cacheControl(CacheControl.noStore());
        return answer.body(picture.png().toByteArray());
    }
}
