package im.magpie.service.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ScriptTest {

    @Test
    void aPartitionsScriptBeginsWithThePrelude() {
        var script = Script.ofPartition("conversation", "accept");
        assertThat(script.name()).isEqualTo("accept");
        assertThat(script.source())
                .startsWith(Script.plain("prelude").source()
                        + Script.plain("conversation").source())
                .endsWith(Script.plain("accept").source());
    }

    @Test
    void isKnownByTheHashOfItsSource() {
        assertThat(Script.plain("time").sha())
                .hasSize(40)
                .isEqualTo(Script.plain("time").sha());
        assertThat(Script.plain("time").sha())
                .isNotEqualTo(Script.ofPartition("time").sha());
    }

    @Test
    void namesAFileThatIsNotThere() {
        assertThatThrownBy(() -> Script.plain("nothing")).hasMessageContaining("/lua/nothing.lua");
    }
}
