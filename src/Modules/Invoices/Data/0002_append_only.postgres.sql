create trigger invoice_number_append_only before update or delete or truncate on invoice_number for each statement execute function refuse_change();
create trigger invoice_document_append_only before update or delete or truncate on invoice_document for each statement execute function refuse_change();
