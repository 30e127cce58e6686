using System.Text.Json;

namespace HaoSuan.Notifications;

/// <summary>What a user was told (消息), in the language in which it is read now.</summary>
public sealed class Inbox(Db db, NotificationWords words, TimeProvider time)
{
    /// <summary>Beyond this a number says no more than "many".</summary>
    public const int MostCounted = 100;

    /// <summary>How many are unread, <see cref="MostCounted"/> at most: it stands on every page.</summary>
    public Task<int> UnreadAsync(UserId user, CancellationToken cancel = default) =>
        Of(user).Where(n => n.ReadAt == null).Take(MostCounted).CountAsync(cancel);

    /// <summary>The kinds that the user has anything of.</summary>
    public async Task<IReadOnlyList<ToldOfKind>> KindsAsync(UserId user, CancellationToken cancel = default)
    {
        var kinds = await Of(user).GroupBy(n => n.Kind).OrderBy(g => g.Key)
            .Select(g => new { Kind = g.Key, Unread = g.Count(n => n.ReadAt == null), All = g.Count() }).ToListAsync(cancel);
        return kinds.ConvertAll(k => new ToldOfKind(k.Kind, TextOf(k.Kind), k.Unread, k.All));
    }

    /// <summary>The newest first.</summary>
    /// <param name="user">Whose.</param>
    /// <param name="kind">Those of a kind; null: all.</param>
    /// <param name="skip">How many are passed over.</param>
    /// <param name="take">How many at most.</param>
    /// <param name="cancel">Stops it.</param>
    public async Task<IReadOnlyList<Told>> ListAsync(UserId user, string? kind, int skip, int take, CancellationToken cancel = default)
    {
        var rows = await Of(user, kind).AsNoTracking().OrderByDescending(n => n.Id).Skip(skip).Take(take).ToListAsync(cancel);
        return rows.ConvertAll(n => new Told(n.Id, n.Kind, TextOf(n.Kind), TextOf(n), n.Href, n.ToldAt, n.ReadAt is not null));
    }

    /// <summary>Marks one as read. Returns the page that it leads to; null where the user has no such notification.</summary>
    public async Task<string?> ReadAsync(UserId user, Guid id, CancellationToken cancel = default)
    {
        await MarkAsync(Of(user).Where(n => n.Id == id), cancel);
        return await Of(user).Where(n => n.Id == id).Select(n => n.Href).FirstOrDefaultAsync(cancel);
    }

    /// <summary>Marks all as read that there were when the user saw the list, or those of a kind.</summary>
    /// <param name="user">Whose.</param>
    /// <param name="kind">Of which kind; null: all.</param>
    /// <param name="seen">When the list was shown: what came later nobody has seen.</param>
    /// <param name="cancel">Stops it.</param>
    public Task ReadAllAsync(UserId user, string? kind, Instant seen, CancellationToken cancel = default) =>
        MarkAsync(Of(user, kind).Where(n => n.ToldAt <= seen), cancel);

    private Task<int> MarkAsync(IQueryable<NotificationRow> notifications, CancellationToken cancel)
    {
        var now = (Instant?)time.Now;
        return notifications.Where(n => n.ReadAt == null).ExecuteUpdateAsync(set => set.SetProperty(n => n.ReadAt, now), cancel);
    }

    private IQueryable<NotificationRow> Of(UserId user, string? kind = null)
    {
        var own = db.Notifications.Where(n => n.UserId == user);
        return kind is null ? own : own.Where(n => n.Kind == kind);
    }

    private string TextOf(string kind) => words.Of($"{kind}.notifications");

    private string TextOf(NotificationRow row) => words.Of(row.Text, JsonSerializer.Deserialize<NotificationValue[]>(row.Insertions, Json.Options)!);
}
