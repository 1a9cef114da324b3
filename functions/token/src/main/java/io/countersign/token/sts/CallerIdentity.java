package io.countersign.token.sts;

import io.countersign.policy.Principal;
import java.util.ArrayList;
import java.util.List;

/** {@code GetCallerIdentity}: who somebody is by their key or session. It needs no right. A user is known by its UID, or by its name where it has none. */
final class CallerIdentity {
    private CallerIdentity() {}

    static List<Element> answer(StsCaller caller) {
        List<Element> elements = new ArrayList<>();
        elements.add(Element.field("AccountId", caller.principal().accountId()));
        elements.add(Element.field("Arn", caller.principal().arn()));
        switch (caller.principal()) {
            case Principal.Account account -> {
                elements.add(Element.field("IdentityType", "Account"));
                elements.add(Element.field("PrincipalId", account.accountId()));
                elements.add(Element.field("UserId", account.accountId()));
            }
            case Principal.RamUser user -> {
                elements.add(Element.field("IdentityType", "RAMUser"));
                String id = user.uid().orElse(user.name());
                elements.add(Element.field("PrincipalId", id));
                elements.add(Element.field("UserId", id));
            }
            case Principal.AssumedRole session -> {
                String roleId = caller.roleId().orElse(session.roleName());
                elements.add(Element.field("IdentityType", "AssumedRoleUser"));
                elements.add(Element.field("PrincipalId", roleId + ":" + session.sessionName()));
                elements.add(Element.field("RoleId", roleId));
            }
            case Principal.Anonymous anonymous -> throw new IllegalArgumentException("the anonymous have no identity");
        }
        return List.copyOf(elements);
    }
}
