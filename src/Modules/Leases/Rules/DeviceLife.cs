namespace HaoSuan.Leases;

/// <summary>Which moves of a device there are.</summary>
internal static class DeviceLife
{
    public static bool Allows(DeviceState from, DeviceState to) => from switch
    {
        DeviceState.InStock => to is DeviceState.Reserved or DeviceState.Scrapped or DeviceState.Lost,
        DeviceState.Reserved => to is DeviceState.Leased or DeviceState.InStock,
        DeviceState.Leased => to is DeviceState.Returned or DeviceState.Lost or DeviceState.Sold,
        DeviceState.Returned => to is DeviceState.InStock or DeviceState.Scrapped,
        DeviceState.Lost => to is DeviceState.Returned,
        DeviceState.Sold or DeviceState.Scrapped => false,
    };

    /// <summary>Whether a device in that state belongs to a lease.</summary>
    public static bool IsWithLease(DeviceState state) => state is DeviceState.Reserved or DeviceState.Leased;

    /// <summary>What the office may do by hand: the rest follows from the lease.</summary>
    public static IReadOnlyList<DeviceState> ByHand(DeviceState state) => state switch
    {
        DeviceState.InStock => [DeviceState.Scrapped, DeviceState.Lost],
        DeviceState.Returned => [DeviceState.InStock, DeviceState.Scrapped],
        DeviceState.Lost => [DeviceState.Returned],
        DeviceState.Reserved or DeviceState.Leased or DeviceState.Sold or DeviceState.Scrapped => [],
    };
}
