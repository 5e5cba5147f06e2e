-- Los documentos y los temas que tienen párrafos por dividir en unidades: por las citas
-- que rigen y, en un informe, por los temas de su diálogo. Esté o no cargado su texto.
-- El lector lo pone delante de quien lea de `divisibles`.
with divisibles as (
    select
        o.documento_id,
        o.titulo,
        o.clase,
        o.texto as texto_documento,
        td.tema_dialogo_id,
        td.numero as tema_numero,
        td.nombre as tema,
        d.dialogo_id,
        d.nombre as dialogo
    from (
        select
            c.documento_id,
            e.tema_dialogo_id
        from citas as c
        inner join enunciados as e on c.enunciado_id = e.enunciado_id
        left join retirados as r on e.enunciado_id = r.enunciado_id
        where r.enunciado_id is null
        union
        select
            i.documento_id,
            t.tema_dialogo_id
        from temas_dialogo as t
        inner join dialogos as i on t.dialogo_id = i.dialogo_id
        inner join documentos as n on i.documento_id = n.documento_id
        where n.clase = 'informe'
    ) as p
    inner join documentos as o on p.documento_id = o.documento_id
    inner join temas_dialogo as td on p.tema_dialogo_id = td.tema_dialogo_id
    inner join elegidos as d on td.dialogo_id = d.dialogo_id
    where (:tema is null or array_contains(:tema, td.tema_id))
)
