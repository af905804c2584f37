package im.magpie.e2e.story;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.e2e.crowd.Trial;
import im.magpie.e2e.people.People;
import im.magpie.e2e.people.Texts;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@OnMagpie
class ChatIT {

    @Test
    void twoPeopleOnTwoGatewaysChatAndSeeWhatIsDeliveredAndRead(People people) {
        var alice = people.person("alice");
        var bob = people.person("bob");
        var phone = alice.signIn("phone", 1);
        var laptop = bob.signIn("laptop", 2);
        assertThat(List.of(phone.node(), laptop.node())).doesNotHaveDuplicates();

        var hello = phone.says(bob, "hello");
        laptop.awaitTexts(alice, "hello");
        phone.awaitReceipt("it was delivered", bob, receipt -> receipt.getDeliveredSequence() == hello.sequence());
        laptop.readsAllOf(alice);
        phone.awaitReceipt("it was read", bob, receipt -> receipt.getReadSequence() == hello.sequence());

        var hi = laptop.says(alice, "hi");
        phone.awaitTexts(bob, "hello", "hi");
        phone.readsAllOf(bob);
        laptop.awaitReceipt("it was read", alice, receipt -> receipt.getReadSequence() == hi.sequence());
        laptop.awaitTexts(alice, "hello", "hi");
        assertThat(Texts.of(laptop.history(alice))).containsExactly("hello", "hi");
    }

    @Test
    void whatSomebodyMissedArrivesInOrderWhenHeIsBack(People people) {
        var trial = Trial.of(people);
        var alice = people.person("alice");
        var bob = people.person("bob");
        var phone = alice.signIn("phone", 1);
        var laptop = bob.signIn("laptop", 2);
        phone.says(bob, "seen");
        laptop.awaitTexts(alice, "seen");

        laptop.logsOut();
        IntStream.rangeClosed(1, 600).forEach(i -> phone.sends(bob, "missed " + i));
        trial.awaitAnswers();
        laptop.online();

        laptop.awaitMessages(alice, 601);
        trial.endsWell();
    }

    @Test
    void whoSendsWhileTheOtherHasNeverLoggedInIsReadLater(People people) {
        var alice = people.person("alice");
        var bob = people.person("bob");
        alice.signIn("phone").says(bob, "are you there?");

        bob.signIn("laptop").awaitTexts(alice, "are you there?");
    }

    @Test
    void allDevicesOfAUserSeeEverythingWhatTheySendToo(People people) {
        var trial = Trial.of(people);
        var alice = people.person("alice");
        var bob = people.person("bob");
        var phone = alice.signIn("phone", 1);
        var tablet = alice.signIn("tablet", 2);
        var laptop = bob.signIn("laptop", 1);

        phone.says(bob, "from the phone");
        tablet.says(bob, "from the tablet");
        laptop.says(alice, "an answer");
        trial.endsWell();

        phone.readsAllOf(bob);
        tablet.awaitReceipt(
                "the own reading was told",
                receipt -> receipt.getUserId().equals(alice.userId()) && receipt.getReadSequence() == 3);
    }
}
