package io.countersign.registry.manifest;

import io.countersign.oss.Acl;
import io.countersign.registry.ObjectAclItem;
import io.countersign.registry.Records;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.StoreUnavailable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Plans the ACLs of a bucket's objects, as many to a transaction as it takes. What the storage itself has set is never a leftover. */
final class ObjectAclPlanner {
    private final Planning planning;
    private final List<Unit> units = new ArrayList<>();
    private UnitBuilder unit;

    private ObjectAclPlanner(Planning planning, ManifestBucket bucket) {
        this.planning = planning;
        this.unit = new UnitBuilder(planning.snapshot(), bucket.at());
    }

    static List<Unit> plan(Planning planning, ManifestBucket bucket) throws ApplyRefusal, StoreUnavailable {
        ObjectAclPlanner planner = new ObjectAclPlanner(planning, bucket);
        String name = bucket.record().name();
        for (Map.Entry<String, Acl> acl : bucket.objectAcls().entrySet()) {
            ItemKey key = ObjectAclItem.key(name, acl.getKey());
            planner.room();
            int mark = planner.unit.size();
            planner.unit.put(key, ObjectAclItem.text(acl.getValue(), true));
            planner.unit.line(key, mark, label(key, name));
        }
        for (Item item : planning.snapshot().listed(ObjectAclItem.partition(name), "")) {
            if (!bucket.objectAcls().containsKey(item.key().sort())
                    && Records.read(item, ObjectAclItem::isByManifest)) {
                planner.leftover(item.key(), name);
            }
        }
        planner.units.add(planner.unit.build());
        return planner.units;
    }

    /** Every ACL of a bucket that goes, whoever set it. */
    static List<Unit> removeAll(Snapshot snapshot, UnitBuilder first, String bucket) {
        List<Unit> units = new ArrayList<>();
        UnitBuilder unit = first;
        for (Item item : snapshot.listed(ObjectAclItem.partition(bucket), "")) {
            if (unit.size() == Unit.MAX_WRITES) {
                units.add(unit.build());
                unit = new UnitBuilder(snapshot, first.at());
            }
            unit.delete(item.key());
            unit.line(Outcome.REMOVED, label(item.key(), bucket));
        }
        units.add(unit.build());
        return units;
    }

    static String label(ItemKey key, String bucket) {
        return "objectAcl " + bucket + "/" + key.sort();
    }

    private void leftover(ItemKey key, String bucket) {
        if (planning.options().prune()) {
            room();
            unit.delete(key);
            unit.line(Outcome.REMOVED, label(key, bucket));
        } else {
            unit.line(Outcome.REPORTED, label(key, bucket));
        }
    }

    private void room() {
        if (unit.size() == Unit.MAX_WRITES) {
            units.add(unit.build());
            unit = new UnitBuilder(planning.snapshot(), unit.at());
        }
    }
}
