package im.magpie.client.cli;

import im.magpie.client.Account;
import im.magpie.client.ClientListener;
import im.magpie.client.ClientOptions;
import im.magpie.client.GatewayAddress;
import im.magpie.client.RequestFailedException;
import im.magpie.client.cli.Business.SignIn;
import im.magpie.codec.protocol.ClientType;
import im.magpie.codec.protocol.ErrorCode;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A user whom the business system has signed in. Before every connection it is asked again, because gateways come and
 * go; while it is out of reach, its last word counts for as long as it is valid.
 */
final class SignedInUser {

    /** So that people tell the terminals of their machines apart. */
    private static final String DEVICE_NAME = deviceName();

    private final Business business;
    private final String userId;
    private final String password;
    private @Nullable String onlyNode;
    private SignIn signIn;

    private SignedInUser(Business business, String userId, String password) {
        this.business = business;
        this.userId = userId;
        this.password = password;
        this.signIn = business.login(userId, password);
    }

    /**
     * Registers a user, or logs in one who is registered.
     *
     * @throws CommandFailedException when the business system does not let the user in
     */
    static SignedInUser of(Business business, String userId, String password) {
        try {
            business.register(userId, password);
            return new SignedInUser(business, userId, password);
        } catch (RequestFailedException e) {
            throw new CommandFailedException("%s can't sign in: %s".formatted(userId, e.detail()));
        }
    }

    String userId() {
        return userId;
    }

    /** Returns the names of the gateway nodes there are, in order. */
    synchronized List<String> nodes() {
        return signIn.gateways().stream().map(Business.Gateway::nodeId).sorted().toList();
    }

    /** From now on the user connects to this node alone. */
    synchronized SignedInUser on(String node) {
        onlyNode = node;
        return this;
    }

    /** Returns the options of a client of the user's. */
    synchronized ClientOptions client(String deviceId, ClientListener listener) {
        var account = new Account(signIn.appId(), userId, ClientType.LINUX, deviceId, DEVICE_NAME);
        return ClientOptions.of(account, this::gateways, this::userSig, listener);
    }

    private synchronized List<GatewayAddress> gateways() {
        try {
            signIn = business.login(userId, password);
        } catch (RequestFailedException e) {
            if (e.code() != ErrorCode.UNAVAILABLE || expired()) {
                throw e;
            }
        }
        return signIn.gateways().stream()
                .filter(gateway -> onlyNode == null || gateway.nodeId().equals(onlyNode))
                .map(gateway -> new GatewayAddress(gateway.host(), gateway.tcpPort()))
                .toList();
    }

    private synchronized String userSig() {
        if (expired()) {
            signIn = business.login(userId, password);
        }
        return signIn.userSig();
    }

    private static String deviceName() {
        try {
            var name = "im on " + InetAddress.getLocalHost().getHostName();
            return name.substring(0, Math.min(name.length(), 64));
        } catch (UnknownHostException _) {
            return "im";
        }
    }

    private boolean expired() {
        return !Instant.now().isBefore(signIn.expiresAt());
    }
}
