package io.countersign.registry;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.JsonText;
import io.countersign.json.Members;
import io.countersign.json.Values;
import io.countersign.policy.PolicyDocument;
import io.countersign.policy.TrustPolicy;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;
import java.util.Optional;

/** The stored form of a role, in its account's partition. */
public final class RoleItem {
    /** The prefix of the sort keys of roles. */
    public static final String SORT_PREFIX = "role/";

    private static final String NAMING = "sessionName";
    private static final String LIMITS = "limits";
    private static final String FACES = "faces";

    private RoleItem() {}

    public static ItemKey key(String accountId, String name) {
        return new ItemKey(AccountItem.contents(accountId), SORT_PREFIX + name);
    }

    /** The key of the item that reserves a role id. It outlives the role. */
    public static ItemKey idKey(String roleId) {
        return new ItemKey("roleid/" + roleId, "role");
    }

    public static String text(Role role) {
        return JsonText.object(json -> {
            json.put("account", role.accountId())
                    .put("name", role.name())
                    .put("roleId", role.roleId())
                    .put("maxSessionDuration", role.maxSessionDuration().toString())
                    .put("trust", role.trust().json())
                    .put("policies", ItemFields.texts(role.policies()))
                    .put("authority", role.authority().text())
                    .put("signer", role.signer())
                    .put(NAMING, role.naming().text());
            // A role without limits is stored as by versions that do not know them.
            if (!role.limits().equals(RoleLimits.NONE)) {
                json.object(LIMITS, role.limits()::write);
            }
            // So is one for every face. Versions that do not know the member refuse the role, rather than let it be
            // used elsewhere.
            role.faces().named().ifPresent(faces -> json.put(FACES, RoleFaces.texts(faces)));
        });
    }

    /** @throws InvalidDocumentException when this version of Countersign cannot read the payload as a role */
    public static Role read(Item item) throws InvalidDocumentException {
        Members members = Members.of(Values.parse(item.payload()));
        Authority authority = ItemFields.one(members, "authority", Authority::of);
        Optional<String> signer = members.optionalString("signer");
        if (signer.isPresent() != (authority == Authority.STS)) {
            throw new InvalidDocumentException(members.at(), "the signer does not fit the authority");
        }
        Role role = new Role(
                members.string("account"),
                members.string("name"),
                members.string("roleId"),
                ItemFields.duration(members, "maxSessionDuration"),
                TrustPolicy.parse(Values.parse(members.string("trust"))),
                ItemFields.policies(members, PolicyDocument.Kind.ROLE),
                authority,
                signer,
                // Roles stored by versions without this setting have no such member.
                members.has(NAMING)
                        ? ItemFields.one(members, NAMING, Role.SessionNaming::of)
                        : Role.SessionNaming.SUBJECT,
                members.has(LIMITS) ? RoleLimits.read(Members.of(members.required(LIMITS))) : RoleLimits.NONE,
                members.has(FACES) ? RoleFaces.read(members.required(FACES)) : RoleFaces.ALL);
        members.done();
        return role;
    }
}
