namespace HaoSuan.Distributors;

/// <summary>How placements and rates are read for the rules.</summary>
internal static class Placements
{
    extension(Db db)
    {
        /// <summary>Everybody who has ever stood under the one, or is going to.</summary>
        public IQueryable<DistributorRow> EverUnder(DistributorId parent)
        {
            var moves = db.Moves;
            return db.Distributors.Where(d => d.JoinedUnder == parent || moves.Any(m => m.DistributorId == d.Id && m.ParentId == parent));
        }

        public async Task<IReadOnlyDictionary<DistributorId, Placement>> PlacementsAsync(IQueryable<DistributorRow> which, CancellationToken cancel)
        {
            var joined = await which.Select(d => new { d.Id, d.JoinedUnder }).ToListAsync(cancel);
            var moves = (await db.Moves.AsNoTracking().Where(m => which.Any(d => d.Id == m.DistributorId)).ToListAsync(cancel))
                .ToLookup(m => m.DistributorId);
            return joined.ToDictionary(d => d.Id, d => new Placement(
                d.Id, d.JoinedUnder, [.. moves[d.Id].OrderBy(m => m.Number).Select(m => new PlacementStep(m.FromAt, m.Number, m.ParentId))]));
        }

        /// <summary>The rates of these distributors for a stage; those who have none are not among them.</summary>
        public async Task<Dictionary<DistributorId, Timeline>> TimelinesAsync(
            IEnumerable<DistributorId> ids, ProductId product, string stage, CancellationToken cancel)
        {
            var wanted = ids.Distinct().ToList();
            return (await db.Rates.AsNoTracking()
                .Where(r => EF.Parameter(wanted).Contains(r.DistributorId) && r.ProductId == product && r.Stage == stage)
                .OrderBy(r => r.Number).ToListAsync(cancel))
                .GroupBy(r => r.DistributorId)
                .ToDictionary(g => g.Key, g => new Timeline([.. g.Select(r => new RateStep(r.FromAt, r.Number, r.Rate))]));
        }
    }
}
