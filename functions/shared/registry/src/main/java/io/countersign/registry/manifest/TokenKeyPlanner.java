package io.countersign.registry.manifest;

import io.countersign.json.Location;
import io.countersign.registry.StoredTokenKey;
import io.countersign.registry.TokenKeyItem;
import io.countersign.registry.TokenKeys;
import io.countersign.registry.sealing.SealingException;
import java.util.List;

/** Plans the registry's first token key. No manifest names token keys: those that stand are rotation's alone. */
final class TokenKeyPlanner {
    private static final Location NOWHERE = new Location("", 1);

    private TokenKeyPlanner() {}

    static Unit plan(Planning planning) throws ApplyRefusal {
        UnitBuilder unit = new UnitBuilder(planning.snapshot(), NOWHERE);
        int mark = unit.size();
        if (planning.snapshot().item(TokenKeyItem.KEY).isEmpty()) {
            unit.put(TokenKeyItem.KEY, TokenKeyItem.text(List.of(first(planning))));
        }
        unit.line(TokenKeyItem.KEY, mark, "tokenKey");
        return unit.build();
    }

    private static StoredTokenKey first(Planning planning) throws ApplyRefusal {
        try {
            return TokenKeys.make(planning.sealer(), planning.now(), planning.random());
        } catch (SealingException e) {
            throw new ApplyRefusal(NOWHERE, e.getMessage());
        }
    }
}
