using System.Text.RegularExpressions;

namespace HaoSuan.Orders;

/// <summary>What is needed to follow a parcel.</summary>
internal static partial class Parcel
{
    public static readonly IReadOnlyList<string> Couriers = ["顺丰", "京东", "EMS", "中通", "圆通", "韵达", "申通"];

    public static IReadOnlyList<Refusal> Faults(string courier, string trackingNo)
    {
        List<Refusal> faults = [];
        if (courier.Length is 0 or > 20) faults.Add(new Refusal("orders.courier_required").On("Courier"));
        if (!TrackingNo().IsMatch(trackingNo)) faults.Add(new Refusal("orders.tracking_no").On("TrackingNo"));
        return faults;
    }

    [GeneratedRegex("^[0-9A-Z-]{6,40}$")]
    private static partial Regex TrackingNo();
}
