-- Cada tema de cada diálogo, con lo que sus enunciados dicen de él y desde qué posición
-- se numeran. Un enunciado está en la posición `desde` más su orden: no depende de los
-- demás. Un tema que ya tiene lugar lo conserva; los nuevos se ponen entre sus vecinos,
-- cada diálogo en medio del hueco, con holgura para actas y para los que vengan.
with en_orden as (
    select
        td.*,
        d.nombre as dialogo,
        d.region_id,
        r.nombre as region,
        r.orden as region_orden,
        d.anio,
        d.es_ficticio,
        n.nombre as tema_canonico,
        v.desde as ya,
        coalesce(o.ocupa, 0) as ocupa,
        dense_rank() over (order by r.orden, d.anio, d.dialogo_id) as vez,
        row_number() over (order by r.orden, d.anio, d.dialogo_id, td.numero) as lugar
    from temas_dialogo as td
    inner join temas as n using (tema_id)
    inner join dialogos as d using (dialogo_id)
    inner join regiones as r using (region_id)
    left join lectura_temas as v using (tema_dialogo_id)
    left join (
        select
            tema_dialogo_id,
            max(orden) as ocupa
        from enunciados
        group by tema_dialogo_id
    ) as o using (tema_dialogo_id)
),

-- Un hueco va entre dos temas que ya tienen lugar, o llega a uno de los extremos.
con_hueco as (
    select
        *,
        ocupa + 128 as pide,
        count(ya) over (order by lugar) as hueco,
        coalesce(max(ya + ocupa) over (order by lugar), 0) as antes,
        coalesce(min(ya) over (order by lugar desc), 2147483647) as despues
    from en_orden
),

puestos as (
    select
        tema_dialogo_id,
        antes
        + sum(pide) over (partition by hueco order by lugar) - pide
        + (vez - min(vez) over (partition by hueco) + 1)
        * (
            (despues - antes - sum(pide) over (partition by hueco))
            // (max(vez) over (partition by hueco) - min(vez) over (partition by hueco) + 2)
        ) as desde
    from con_hueco
    where ya is null
)

select
    h.* exclude (nombre_conclusiones, ya, vez, pide, hueco, antes, despues),
    cast(coalesce(h.ya, p.desde) as integer) as desde
from con_hueco as h
left join puestos as p using (tema_dialogo_id)
order by h.lugar
