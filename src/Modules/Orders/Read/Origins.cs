using Microsoft.Extensions.DependencyInjection;

namespace HaoSuan.Orders;

/// <summary>Tells where the facts of an order come from, by asking whoever has registered words for their sources.</summary>
public sealed class Origins(Db db, IServiceProvider services)
{
    /// <param name="order">The order.</param>
    /// <param name="face">The office reads everything; everybody else only the kind of the source.</param>
    /// <param name="cancel">Stops it.</param>
    public async Task<IReadOnlyDictionary<FactId, Origin>> OfAsync(OrderId order, Face face, CancellationToken cancel = default)
    {
        var facts = (await db.Facts.AsNoTracking().Where(f => f.OrderId == order).ToListAsync(cancel)).ConvertAll(FactReading.Recorded);
        var sources = services.GetServices<FactSource>().ToDictionary(s => s.Name, StringComparer.Ordinal);
        Dictionary<FactId, Origin> origins = [];
        foreach (var some in facts.GroupBy(f => f.Source.Split(':')[0], StringComparer.Ordinal))
        {
            RecordedFact[] told = [.. some];
            var said = sources.TryGetValue(some.Key, out var source)
                ? await source.Ask(services, told, order, cancel)
                : [.. told.Select(f => new Origin("其他来源", f.Source))];
            foreach (var (fact, origin) in told.Zip(said)) origins.Add(fact.Id, face == Face.Office ? origin : new(origin.Kind));
        }
        return origins;
    }
}
