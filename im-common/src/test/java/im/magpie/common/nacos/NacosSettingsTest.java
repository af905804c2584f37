package im.magpie.common.nacos;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NacosSettingsTest {

    @Test
    void settingsLeaveOutWhatIsNotSetAndHideThePassword() {
        var settings = new NacosSettings("10.0.0.1:8848", null, "magpie", "secret");
        assertThat(settings.properties())
                .containsOnlyKeys("serverAddr", "username", "password")
                .containsEntry("serverAddr", "10.0.0.1:8848");
        assertThat(settings.toString()).doesNotContain("secret");
    }
}
