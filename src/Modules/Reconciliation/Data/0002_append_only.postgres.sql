create trigger recon_template_append_only before update or delete or truncate on recon_template for each statement execute function refuse_change();
create trigger recon_row_append_only before update or delete or truncate on recon_row for each statement execute function refuse_change();
create trigger recon_decision_append_only before update or delete or truncate on recon_decision for each statement execute function refuse_change();
