create trigger distributor_acceptance_append_only before update or delete on distributor_acceptance
    for each statement execute function refuse_change();
