using HaoSuan.Identity;

namespace HaoSuan.Notifications;

/// <summary>The users who are told.</summary>
internal sealed class Recipients(Users users)
{
    public async Task<IReadOnlyList<UserId>> OfAsync(Audience audience, CancellationToken cancel)
    {
        var found = audience switch
        {
            Audience.Distributor distributor => await users.OfDistributorAsync(distributor.Id, cancel),
            Audience.Staff staff => [.. (await users.WhoMayAsync(staff.Policy, cancel)).Where(u => u.Actor != staff.Except)],
            Audience.Person person => [.. (await users.AllAsync(cancel)).Where(u => u.Actor == person.Actor)],
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        return [.. found.Where(u => u.Active).Select(u => u.Id)];
    }
}
