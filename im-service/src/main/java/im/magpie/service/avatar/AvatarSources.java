package im.magpie.service.avatar;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which addresses may be asked for. Users' avatars have any address whatever, and this server reaches others that their users can't: it asks only for what its operator
 * has named. Safe for use by many threads.
 *
 * @param prefixes what addresses begin with, each with its server and a slash at its end
 */
record AvatarSources(List<String> prefixes) {

    /** What servers may read as a way up, or as another separator. */
    private static final Pattern DETOUR =
            Pattern.compile("(^|/)(\\.|%2e){1,2}(;|/|$)|%2f|%5c|%00", Pattern.CASE_INSENSITIVE);

    AvatarSources {
        prefixes = List.copyOf(prefixes);
    }

    /** Returns where an avatar is to be had; nothing where it must not be asked for. */
    Optional<URI> find(String address) {
        if (prefixes.stream().noneMatch(address::startsWith)) {
            return Optional.empty();
        }
        return parse(address)
                .filter(uri -> uri.getRawFragment() == null && uri.getRawUserInfo() == null)
                .filter(uri -> !DETOUR.matcher(uri.getRawPath()).find());
    }

    /** Returns an address of the web as one; nothing for any other text. */
    static Optional<URI> parse(String address) {
        try {
            var uri = new URI(new URI(address).toASCIIString());
            var isWeb = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
            return isWeb && uri.getHost() != null ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException _) {
            return Optional.empty();
        }
    }
}
