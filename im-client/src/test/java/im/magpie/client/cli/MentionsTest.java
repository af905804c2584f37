package im.magpie.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.codec.content.ContentRules;
import org.junit.jupiter.api.Test;

class MentionsTest {

    @Test
    void callsWhoIsNamed() {
        var content = Mentions.textWith("@bob, @carol.smith: look! And you, @bob. mail x@y.z");
        assertThat(content.getText().getText()).startsWith("@bob, @carol");
        assertThat(content.getMentionedUserIdsList()).containsExactly("bob", "carol.smith");
        assertThat(content.getMentionsAll()).isFalse();
    }

    @Test
    void callsEverybody() {
        var content = Mentions.textWith("@all lunch!");
        assertThat(content.getMentionsAll()).isTrue();
        assertThat(content.getMentionedUserIdsList()).isEmpty();
    }

    @Test
    void isWithinTheRules() {
        var crowd = new StringBuilder();
        for (var i = 0; i < 60; i++) {
            crowd.append("@user").append(i).append(' ');
        }
        var content = Mentions.textWith(crowd.toString());
        assertThat(ContentRules.violation(content)).isNull();
        assertThat(content.getMentionedUserIdsCount()).isEqualTo(ContentRules.MOST_MENTIONS);
    }
}
