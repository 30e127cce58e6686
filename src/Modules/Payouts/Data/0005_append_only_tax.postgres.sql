create trigger tax_correction_append_only before update or delete on tax_correction for each statement execute function refuse_change();
