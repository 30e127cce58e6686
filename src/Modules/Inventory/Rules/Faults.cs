namespace HaoSuan.Inventory;

/// <summary>What is wrong with the lines of a sheet: the first ones by line, and how many more there are.</summary>
internal static class Faults
{
    private const int MostShown = 50;

    public static List<Refusal> Of(IReadOnlyList<Refusal> faults, string field)
    {
        List<Refusal> shown = [.. faults.Take(MostShown)];
        if (faults.Count > MostShown) shown.Add(new("inventory.more_faults", faults.Count - MostShown));
        return shown.ConvertAll(f => f.On(field));
    }
}
