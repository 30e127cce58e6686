create trigger voucher_append_only before update or delete on voucher for each statement execute function refuse_change();
