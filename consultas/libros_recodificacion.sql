-- ¿Qué pasó, con la versión que rige, con lo que se contaba según una anterior? Una
-- fila por enunciado y faceta. Lo que dejó de contarse se lee de la bitácora. De los
-- filtros solo mira los de diálogo y el de tema.
with antes as (
    select
        c.enunciado_id,
        c.faceta,
        c.codigo,
        c.codificador_id,
        p.nombre as libro,
        k.nombre,
        row_number() over (
            partition by c.enunciado_id, c.faceta
            order by
                case when c.es_principal then 0 else 1 end, p.lugar, b.bitacora_id desc
        ) as cual
    from codificaciones as c
    inner join versiones as p on c.libro_id = p.libro_id and p.lugar > 1
    inner join codigos as k
        on c.libro_id = k.libro_id and c.faceta = k.faceta and c.codigo = k.codigo
    left join bitacora as b
        on
            b.clave = concat('{"codificacion_id": "', c.codificacion_id, '"}')
            and b.despues like '%"es_principal": false%'
    where c.es_principal or b.bitacora_id is not null
)

select
    e.enunciado_id,
    e.texto,
    a.faceta,
    a.libro as libro_antes,
    a.nombre as antes,
    a.codificador_id as quien_antes,
    k.nombre as despues,
    case when p.libro_id is not null then n.codificador_id end as quien_despues,
    case
        when p.libro_id is null then 'por recodificar'
        when n.codigo = a.codigo and l.nota like 'Trasladada de %' then 'trasladado'
        else 'recodificado'
    end as recodificacion
from antes as a
inner join enunciados as e on a.enunciado_id = e.enunciado_id
inner join temas_dialogo as td on e.tema_dialogo_id = td.tema_dialogo_id
inner join elegidos as d on td.dialogo_id = d.dialogo_id
left join codificaciones as n
    on a.enunciado_id = n.enunciado_id and a.faceta = n.faceta and n.es_principal
left join versiones as p on n.libro_id = p.libro_id and p.lugar = 1
left join codigos as k
    on p.libro_id = k.libro_id and n.faceta = k.faceta and n.codigo = k.codigo
left join lecturas as l
    on
        n.enunciado_id = l.enunciado_id
        and n.libro_id = l.libro_id
        and n.codificador_id = l.codificador_id
where
    a.cual = 1
    and e.enunciado_id not in (select r.enunciado_id from retirados as r)
    and (:tema is null or array_contains(:tema, td.tema_id))
order by d.nombre, d.dialogo_id, td.numero, e.orden, e.enunciado_id, a.faceta
