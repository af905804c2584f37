package im.magpie.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.client.testing.Faults;
import im.magpie.client.testing.MiniMagpie;
import im.magpie.client.testing.TestClients;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The commands that check themselves. */
class CommandsTest {

    private final MiniMagpie magpie = new MiniMagpie(2, 60_000, Faults.none());
    private final FakeBusiness business = new FakeBusiness(magpie.nodes());
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @AfterEach
    void close() {
        business.close();
        magpie.close();
    }

    private int run(FakeBusiness at, String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        all.add("--business=" + at.url());
        return ImCommand.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(all.toArray(String[]::new));
    }

    @Test
    void theDemoTellsItsStory() {
        assertThat(run(business, "demo")).as(err.toString()).isZero();
        assertThat(out.toString())
                .contains("is signed in on node-1", "is signed in on node-2", "logs out", "is back, on node-1")
                .contains("Everything arrived once, in order and unchanged")
                .containsPattern(Pattern.compile("send to receive: +p50 .* ms, p99 .* ms, max .* ms \\(6\\)"));
    }

    @Test
    void theDemoNoticesWhatIsNotAsItShouldBe() {
        magpie.tamper(message -> message.toBuilder()
                .setContent(TestClients.text("something else"))
                .build());
        assertThat(run(business, "demo")).isEqualTo(1);
        assertThat(err.toString())
                .startsWith("Not as it should be: \"Hello! Do you hear me over there?\" arrived as \"something else\"")
                .hasLineCount(1);
        assertThat(run(business, "demo", "--messages=5")).isEqualTo(1);
        assertThat(err.toString()).contains("Not as it should be: \"message 1\"");
    }

    @Test
    void theDemoNoticesWhoSaysIt() {
        magpie.tamper(message -> message.toBuilder().setSenderId("mallory").build());
        assertThat(run(business, "demo")).isEqualTo(1);
        assertThat(err.toString()).contains("came as from mallory");
    }

    @Test
    void theDemoMeasures() {
        assertThat(run(business, "demo", "--messages=50")).as(err.toString()).isZero();
        assertThat(out.toString())
                .containsPattern(Pattern.compile("send to receive: +p50 .* ms, p99 .* ms, max .* ms \\(50\\)"));
    }

    @Test
    void theDemoNeedsTwoNodes() {
        try (var single = new FakeBusiness(magpie.nodes().subList(0, 1))) {
            assertThat(run(single, "demo")).isEqualTo(1);
            assertThat(err.toString())
                    .isEqualToIgnoringNewLines("This takes two gateway nodes, and there is only [node-1].");
        }
    }

    @Test
    void theLoadCountsWhatWasAcknowledgedAndWhatArrived() {
        assertThat(run(business, "load", "--senders=4", "--outstanding=2", "--seconds=1", "--warmup=0"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString())
                .containsPattern("acknowledged: +[1-9][0-9,]* messages/s")
                .containsPattern("delivered: +[1-9][0-9,]* messages/s")
                .contains("arrived, once and in order.");
    }

    @Test
    void aFaultIsOneSentence() {
        business.close();
        assertThat(run(business, "demo")).isEqualTo(1);
        assertThat(err.toString())
                .contains("can't sign in: no business system answers")
                .hasLineCount(1);
        assertThat(run(business, "load", "--senders=3")).isEqualTo(1);
        assertThat(err.toString()).contains("--senders is even").hasLineCount(2);
    }

    @Test
    void helpsAndKnowsItsVersion() {
        var command = ImCommand.commandLine().setOut(new PrintWriter(out));
        assertThat(command.execute("--version")).isZero();
        assertThat(out.toString()).startsWith("Magpie ");
        assertThat(command.execute("chat", "--help")).isZero();
        assertThat(out.toString()).contains("--business=URL", "--data=FOLDER");
    }
}
