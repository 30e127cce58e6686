create trigger promotion_rules_append_only before update or delete on promotion_rules
    for each statement execute function refuse_change();
create trigger promotion_acceptance_append_only before update or delete on promotion_acceptance
    for each statement execute function refuse_change();
create trigger material_step_append_only before update or delete on material_step
    for each statement execute function refuse_change();
