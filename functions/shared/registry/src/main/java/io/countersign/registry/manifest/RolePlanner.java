package io.countersign.registry.manifest;

import io.countersign.json.JsonText;
import io.countersign.registry.NewCredentials;
import io.countersign.registry.Role;
import io.countersign.registry.RoleItem;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.StoreUnavailable;
import java.util.Optional;

/** Plans roles. A role keeps its id for as long as it stands; the id of one that is gone stays taken. */
final class RolePlanner {
    private final Planning planning;

    RolePlanner(Planning planning) {
        this.planning = planning;
    }

    Unit role(String accountId, ManifestRole named) throws ApplyRefusal, StoreUnavailable {
        UnitBuilder unit = new UnitBuilder(planning.snapshot(), named.at());
        ItemKey key = RoleItem.key(accountId, named.name());
        Optional<Role> standing = planning.snapshot().record(key, RoleItem::read);
        String id = standing.map(Role::roleId).orElseGet(() -> NewCredentials.roleId(planning.random()));
        int mark = unit.size();
        if (standing.isEmpty()) {
            unit.put(
                    RoleItem.idKey(id),
                    JsonText.object(json -> json.put("account", accountId).put("name", named.name())));
        }
        unit.put(
                key,
                RoleItem.text(new Role(
                        accountId,
                        named.name(),
                        id,
                        named.maxSessionDuration(),
                        named.trust(),
                        named.policies(),
                        named.authority(),
                        named.signer(),
                        named.naming())));
        unit.line(key, mark, "role " + accountId + "/" + named.name());
        return unit.build();
    }
}
