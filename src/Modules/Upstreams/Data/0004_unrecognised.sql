-- Words of upstreams for which we have none, found without reading the rest.
create index upstream_event_unrecognised on upstream_event (tenant_id, received_at) where kind = 'unrecognised';
