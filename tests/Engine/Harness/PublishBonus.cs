using HaoSuan.Catalog;

namespace HaoSuan.Tests;

/// <summary>Brings a bonus live, or to its end, as two people do: one drafts and submits it, another one approves it.</summary>
public sealed class PublishBonus(DraftBonus draft, SubmitBonus submit, DecideBonus decide, Actor actor)
{
    public async Task<Result<string>> RunAsync(string json, Month first, CancellationToken cancel = default)
    {
        var before = actor.Name;
        try
        {
            actor.Name = PublishScheme.Writer;
            var drafted = await draft.RunAsync(json, first, cancel: cancel);
            if (!drafted.IsRefused) await DecideAsync(drafted.Value, 1, cancel);
            return drafted;
        }
        finally
        {
            actor.Name = before;
        }
    }

    public async Task<Result<int>> EndAsync(string key, Month last, CancellationToken cancel = default)
    {
        var before = actor.Name;
        try
        {
            actor.Name = PublishScheme.Writer;
            var drafted = await draft.EndAsync(key, last, cancel);
            if (!drafted.IsRefused) await DecideAsync(key, drafted.Value, cancel);
            return drafted;
        }
        finally
        {
            actor.Name = before;
        }
    }

    private async Task DecideAsync(string key, int version, CancellationToken cancel)
    {
        _ = (await submit.RunAsync(key, version, cancel)).Value;
        actor.Name = PublishScheme.Approver;
        _ = (await decide.ApproveAsync(key, version, cancel: cancel)).Value;
    }
}
