package im.magpie.service.device;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import com.github.benmanes.caffeine.cache.Ticker;
import im.magpie.codec.protocol.ClientType;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.error.MagpieException;
import im.magpie.common.user.UserKey;
import im.magpie.service.cache.CacheProperties;
import im.magpie.service.cache.Database;
import im.magpie.service.cache.RecentlyTrue;
import im.magpie.service.device.SignOutMapper.Row;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.springframework.dao.DataAccessException;

/**
 * The devices that have been signed out. A sign-out is a time: what userSigs were issued up to it are worth nothing on that device any more. Kept in
 * MySQL alone and asked there, so a sign-out counts in all services as soon as it is committed; only {@link #requireGood} may answer what was true a
 * moment ago. Safe for use by many threads.
 */
public final class SignOuts {

    /** Before any userSig, also one that does not say when it was issued. */
    private static final long NEVER = -1;

    private final SignOutMapper signOuts;
    private final Database database;
    private final DeviceListProperties properties;
    /** Whose devices have never been signed out all at once. */
    private final RecentlyTrue<UserKey> never;

    SignOuts(
            SignOutMapper signOuts,
            Database database,
            DeviceListProperties properties,
            CacheProperties cache,
            Ticker ticker) {
        this.signOuts = signOuts;
        this.database = database;
        this.properties = properties;
        this.never = new RecentlyTrue<>(cache.ttl(), cache.standing(), cache.maxEntries(), ticker);
    }

    /**
     * Signs a device out, or all of a user's where it names none. May be repeated.
     *
     * @param issuedUntil unix seconds
     */
    public void add(DeviceKey device, long issuedUntil) {
        signOuts.raise(device, issuedUntil);
        if (device.equals(DeviceKey.allOf(device.user()))) {
            signOuts.forgetBelow(device.user(), issuedUntil);
        } else {
            foldOldest(device.user());
        }
        never.forget(device.user());
    }

    /** A sign-out must not be forgotten, so those above the bound come to count for all devices, from the oldest on. */
    private void foldOldest(UserKey user) {
        var single = signOuts.list(user).stream()
                .filter(row -> row.clientType() != ClientType.CLIENT_TYPE_UNSPECIFIED_VALUE)
                .toList();
        if (single.size() > properties.maxDevices()) {
            var issuedUntil = single.get(properties.maxDevices()).issuedUntil();
            signOuts.raise(DeviceKey.allOf(user), issuedUntil);
            signOuts.forgetBelow(user, issuedUntil);
        }
    }

    /**
     * Refuses a userSig from before a sign-out of all of the user's devices. Whoever had never been signed out so when the database was asked last has not
     * been until it answers again.
     *
     * @throws MagpieException USER_SIG_REVOKED
     * @throws DataAccessException when the database does not answer, and that is not so
     */
    public void requireGood(UserKey user, long issued) {
        if (!never.contains(user) && issued <= issuedUntil(user)) {
            throw refusal();
        }
    }

    private long issuedUntil(UserKey user) {
        try {
            var mark = never.mark();
            var until = byDevice(database.ask(() -> signOuts.list(user))).get(DeviceKey.allOf(user));
            if (until == null) {
                never.remember(List.of(user), mark);
                return NEVER;
            }
            return until;
        } catch (DataAccessException e) {
            never.stand(List.of(user), e);
            return NEVER;
        }
    }

    /** Returns what whoever comes with such a userSig hears. */
    public static MagpieException refusal() {
        return new MagpieException(
                ErrorCode.USER_SIG_REVOKED, "the device was signed out after this userSig was issued");
    }

    /**
     * Returns those that are from before a sign-out.
     *
     * @throws DataAccessException when the database does not answer
     */
    public Set<UsedSig> revoked(Collection<UsedSig> sigs) {
        var users = sigs.stream().map(sig -> sig.device().user()).toList();
        var issuedUntil = byDevice(database.askOfUsers(users, signOuts::ofUsers));
        return sigs.stream().filter(revokedBy(issuedUntil)).collect(toSet());
    }

    /** Returns what says of a user's devices whether such a sig is from before a sign-out. */
    public Predicate<UsedSig> of(UserKey user) {
        return revokedBy(byDevice(signOuts.list(user)));
    }

    private static Predicate<UsedSig> revokedBy(Map<DeviceKey, Long> issuedUntil) {
        return sig -> sig.issued() <= issuedUntil.getOrDefault(sig.device(), NEVER)
                || sig.issued()
                        <= issuedUntil.getOrDefault(DeviceKey.allOf(sig.device().user()), NEVER);
    }

    private static Map<DeviceKey, Long> byDevice(List<Row> rows) {
        return rows.stream()
                .filter(row -> ClientType.forNumber(row.clientType()) != null)
                .collect(toMap(
                        row -> new DeviceKey(
                                new UserKey(row.appId(), row.userId()),
                                ClientType.forNumber(row.clientType()),
                                row.deviceId()),
                        Row::issuedUntil));
    }
}
