package im.magpie.service.avatar;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AvatarSourcesTest {

    private final AvatarSources sources =
            new AvatarSources(List.of("https://cdn.example.com/avatars/", "http://10.1.2.3:9000/"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://cdn.example.com/avatars/alice.png",
                "https://cdn.example.com/avatars/2026/a..b/.alice?size=200&signature=x%2Fy",
                "http://10.1.2.3:9000/a"
            })
    void whatTheOperatorNamesMayBeAskedFor(String address) {
        assertThat(sources.find(address)).contains(URI.create(address));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "alice.png",
                "https://cdn.example.com/",
                "https://cdn.example.com/avatars",
                "https://cdn.example.com.evil.example/avatars/a.png",
                "https://cdn.example.com@evil.example/avatars/a.png",
                "https://CDN.example.com/avatars/a.png",
                "http://cdn.example.com/avatars/a.png",
                "https://cdn.example.com:8443/avatars/a.png",
                "https://cdn.example.com/avatars/../admin",
                "https://cdn.example.com/avatars/./a",
                "https://cdn.example.com/avatars/..",
                "https://cdn.example.com/avatars/%2e%2E/admin",
                "https://cdn.example.com/avatars/.%2e/admin",
                "https://cdn.example.com/avatars/..;x/admin",
                "https://cdn.example.com/avatars/..%2fadmin",
                "https://cdn.example.com/avatars/..%5Cadmin",
                "https://cdn.example.com/avatars/..\\admin",
                "https://cdn.example.com/avatars/a.png#x",
                "https://cdn.example.com/avatars/a b.png",
                "http://10.1.2.3:90001/a",
                "http://127.0.0.1/",
                "file:///etc/passwd"
            })
    void nothingElseIs(String address) {
        assertThat(sources.find(address)).isEmpty();
    }

    @Test
    void whereNothingIsNamedNothingIsAskedFor() {
        assertThat(new AvatarSources(List.of()).find("https://cdn.example.com/avatars/alice.png"))
                .isEmpty();
    }

    @Test
    void otherLettersAreEscaped() {
        assertThat(sources.find("https://cdn.example.com/avatars/阿.png"))
                .contains(URI.create("https://cdn.example.com/avatars/%E9%98%BF.png"));
    }

    @Test
    void onlyAnAddressOfTheWebIsOne() {
        assertThat(AvatarSources.parse("https://example.com/a.png")).isPresent();
        assertThat(List.of("", "a.png", "//example.com/a", "javascript:alert(1)", "https:a", "https://a\r\nb: c"))
                .allSatisfy(text -> assertThat(AvatarSources.parse(text)).isEmpty());
    }
}
