using System.Linq.Expressions;

namespace HaoSuan.Platform;

/// <summary>Paging by key: as fast on the last page as on the first.</summary>
public static class Keyset
{
    /// <summary>The rows after that id; all where there is none. Order them by it.</summary>
    public static IQueryable<T> After<T, TId>(this IQueryable<T> rows, Expression<Func<T, TId>> key, TId? last) where TId : struct, IId<TId>
    {
        if (last is not { } id) return rows;
        // Ids have no order of their own, so C# cannot write "greater than"; in the database they have one, that of time.
        var bound = Expression.Property(Expression.Constant(new Bound<TId>(id)), nameof(Bound<>.Last));
        var greater = Expression.GreaterThan(key.Body, bound, liftToNull: false, ((Func<TId, TId, bool>)IsAfter).Method);
        return rows.Where(Expression.Lambda<Func<T, bool>>(greater, key.Parameters));
    }

    private static bool IsAfter<TId>(TId a, TId b) where TId : struct, IId<TId> => a.Value.CompareTo(b.Value) > 0;

    private sealed record Bound<TId>(TId Last);
}
