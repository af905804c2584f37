package im.magpie.codec.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConversationIdTest {

    @ParameterizedTest
    @CsvSource({
        "alice, bob, private_alice_bob",
        "bob, alice, private_alice_bob",
        "user_2, user_10, private_user~10_user~2",
        "a, A, private_A_a",
        "_, a, private_~_a",
        "a_b, c, private_a~b_c",
        "a, b_c, private_a_b~c",
        "a, a_, private_a_a~",
        "a_b, aZ, private_aZ_a~b", // Z is before _, as the raw ids have it
        "a_b, aa, private_a~b_aa", // _ is before a, though ~ is behind it
    })
    void namesAPrivateChatOneWay(String a, String b, String name) {
        var id = ConversationId.privateBetween(a, b);
        assertThat(id).hasToString(name);
        assertThat(ConversationId.parse(name)).isEqualTo(id).hasSameHashCodeAs(id);
        assertThat(id.participants()).containsExactlyInAnyOrder(a, b).isSorted();
        assertThat(id.peerOf(a)).isEqualTo(b);
        assertThat(id.peerOf(b)).isEqualTo(a);
    }

    @Test
    void knowsItsParticipants() {
        var id = (ConversationId.OfTwo) ConversationId.parse("private_a~b_c");
        assertThat(id.includes("a_b")).isTrue();
        assertThat(id.includes("c")).isTrue();
        assertThat(id.includes("a~b")).isFalse();
        assertThat(id.includes("a")).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> id.peerOf("a"));
        assertThat(id).isNotEqualTo(ConversationId.parse("private_a_b~c"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "holiday-2026", "A_b", "1"})
    void namesAGroup(String groupId) {
        var id = new ConversationId.OfGroup(groupId);
        assertThat(id).hasToString("group_" + groupId);
        assertThat(ConversationId.parse("group_" + groupId)).isEqualTo(id);
    }

    @Test
    void takesTheLongestNames() {
        var longest = ConversationId.privateBetween("_".repeat(64), "a".repeat(64));
        assertThat(longest.toString()).hasSize(137);
        assertThat(ConversationId.parse(longest.toString())).isEqualTo(longest);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "private",
                "private_",
                "private_a",
                "private__",
                "private_a_",
                "private__a",
                "private_a_b_c",
                "private_bob_alice", // not in order
                "private_aa_a~b", // not in the order of the raw ids
                "private_a_a",
                "private_a b_c",
                "Private_a_b",
                "group_",
                "group_a b",
                "Group_a",
                " private_a_b",
                "private_a_b\n",
            })
    void refusesEveryOtherName(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> ConversationId.parse(name));
    }

    @Test
    void refusesParticipantsThatAreNone() {
        assertThatIllegalArgumentException().isThrownBy(() -> ConversationId.privateBetween("a", "a"));
        assertThatIllegalArgumentException().isThrownBy(() -> ConversationId.privateBetween("a~b", "c"));
        assertThatIllegalArgumentException().isThrownBy(() -> ConversationId.privateBetween("", "c"));
        assertThatIllegalArgumentException().isThrownBy(() -> ConversationId.privateBetween("a", "c".repeat(65)));
    }
}
