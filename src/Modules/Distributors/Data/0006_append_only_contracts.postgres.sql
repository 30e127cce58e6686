create trigger distributor_contract_append_only before update or delete on distributor_contract for each statement execute function refuse_change();
