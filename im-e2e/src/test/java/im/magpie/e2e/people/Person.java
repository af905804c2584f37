package im.magpie.e2e.people;

import im.magpie.codec.conversation.ConversationId;
import im.magpie.codec.protocol.ClientType;
import im.magpie.codec.protocol.Command;
import im.magpie.codec.protocol.LoginReply;
import im.magpie.e2e.system.MagpieSystem;
import im.magpie.e2e.wire.HttpApi;
import im.magpie.e2e.wire.Json;
import im.magpie.e2e.wire.RawConnection;
import im.magpie.e2e.wire.Requests;
import im.magpie.e2e.wire.Tokens;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Somebody who has registered at the example business system. */
public final class Person {

    private static final String PASSWORD = "correct horse";

    private final People people;
    private final MagpieSystem system;
    private final String userId;
    private final String userSig;

    private Person(People people, MagpieSystem system, String userId) {
        this.people = people;
        this.system = system;
        this.userId = userId;
        business("/v1/register");
        this.userSig = freshUserSig();
    }

    private Json business(String path) {
        var credentials = "{\"userId\":\"%s\",\"password\":\"%s\"}".formatted(userId, PASSWORD);
        return HttpApi.at(system.addresses().business())
                .post(path, credentials)
                .orFail()
                .body();
    }

    static Person register(People people, MagpieSystem system, String userId) {
        return new Person(people, system, userId);
    }

    public String userId() {
        return userId;
    }

    /** Returns what lets this person log in. */
    public String userSig() {
        return userSig;
    }

    /** Signs in to the business system again, and returns what that hands out. */
    public String freshUserSig() {
        return business("/v1/login").text("userSig");
    }

    /** Returns the conversation with somebody. */
    public String conversationWith(Person other) {
        return ConversationId.privateBetween(userId, other.userId).toString();
    }

    /** Returns the conversation with somebody, of which the story's history knows from now on. */
    String meets(Person other) {
        people.introduce(new Couple(this, other));
        return conversationWith(other);
    }

    /** Takes a new device, which is logged in at any gateway when this returns, and again whenever it loses its connection. */
    public Device signIn(String deviceId) {
        return people.keep(new Device(this, ClientType.LINUX, deviceId, people::gateways, people.recorder()))
                .online();
    }

    /** The same at one gateway, from 1. */
    public Device signIn(String deviceId, int gateway) {
        return signIn(ClientType.LINUX, deviceId, gateway);
    }

    /** The same with a device of any kind. */
    public Device signIn(ClientType type, String deviceId, int gateway) {
        return device(type, deviceId, gateway).online();
    }

    /** Takes a new device, which has not logged in yet. */
    public Device device(ClientType type, String deviceId, int gateway) {
        return people.keep(new Device(
                this, type, deviceId, () -> List.of(system.addresses().gateway(gateway)), people.recorder()));
    }

    /** Tries to log in with any token; completes as the client's login does. */
    public CompletableFuture<Void> logInWith(String anyUserSig) {
        return people.logInWith(Tokens.APP, userId, anyUserSig);
    }

    /** Logs in over a plain socket, at one gateway. */
    public RawConnection logInByHand(String deviceId, int gateway) {
        var connection = RawConnection.to(system.addresses().gateway(gateway));
        connection.ask(Command.LOGIN, Requests.login(userId, userSig, deviceId)).ok(LoginReply.parser());
        return connection;
    }

    /** Wants to hear no more of somebody. */
    public void blocks(Person other) {
        api().put("/v1/users/%s/blacklist/%s".formatted(userId, other.userId), "")
                .orFail();
    }

    /** Is turned out by the business system. */
    public void isDisabled() {
        administration().patch("/v1/users/" + userId, "{\"disabled\":true}").orFail();
    }

    /** Returns Magpie's HTTP API as the business system calls it. */
    public HttpApi administration() {
        return HttpApi.at(system.addresses().service()).withToken(Tokens.admin(system.secret("app")));
    }

    /** Returns Magpie's HTTP API, with this person's userSig as the token. */
    public HttpApi api() {
        return HttpApi.at(system.addresses().service()).withToken(userSig);
    }

    @Override
    public String toString() {
        return userId;
    }
}
